import type { AgentDefaults, Connection } from 'strapi-plugin-skills-shared/contracts';
import { useT } from '../../../ui/use-t';
import { useChatConnections, useGetAgentDefaultsQuery, type ChatConnections } from '../../connections';
import { providerObstacle, useWorkspace } from '../../skills';

/** What a skill's prompts can be answered by. */
export interface RunTarget {
  isLoading: boolean;
  /** What the model is chosen from; empty where the role may not see connections, and the server chooses. */
  connections: readonly Pick<Connection, 'id' | 'name'>[];
  defaults: AgentDefaults | undefined;
  /** Whether the skill is bound to one connection, and works there: no agent of ours then, and nothing to compose. */
  bound: boolean;
  /** Whether it is known that no connection can answer. */
  none: boolean;
  /** Why nothing can be run now, whatever is chosen. */
  obstacle: string | undefined;
  /** What is known of the connections, and why it is not all that there are. */
  found: ChatConnections;
}

export function useRunTarget(): RunTarget {
  const t = useT();
  const { skill, content, allowed } = useWorkspace();
  const bound = content.metadata.provider !== undefined;
  const skip = bound || !allowed.readConnections;
  const found = useChatConnections({ skip });
  const defaults = useGetAgentDefaultsQuery(undefined, { skip });
  if (bound) {
    const connection = skill.binding?.connection;
    const obstacle = providerObstacle(t, skill, content);
    const connections = connection && obstacle === undefined ? [connection] : [];
    return { isLoading: false, connections, defaults: undefined, bound, none: false, obstacle, found };
  }
  return {
    isLoading: found.isLoading || (!skip && defaults.isLoading),
    connections: found.connections,
    defaults: defaults.data,
    bound,
    none: found.known && found.connections.length === 0,
    obstacle: content.usable ? undefined : t('run-form.unusable'),
    found,
  };
}
