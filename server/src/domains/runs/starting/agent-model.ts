import { InvalidError } from '../../../http/errors';
import type { AgentChoice } from '../../skills';

/** What agents work with when their run's request leaves it open. */
export interface AgentChoices {
  ofSkill(skillId: string): Promise<AgentChoice>;
  ofPlugin(): Promise<AgentChoice>;
}

/** What a request says: an id of a connection that exists, and a model. */
export interface AskedModel {
  connectionId: string | null;
  model: string | null;
  /** What the agent that started the run works over. */
  inherited?: { connectionId: string; model: string | null } | undefined;
}

/**
 * The connection and model of an agent: the request's, else the skill's, else those of the agent that started it, else the plugin's. A
 * default's model is of its own connection: it is not asked of another. Null leaves the model to the connection. 400 `connection-required`.
 */
export async function chooseAgentModel(
  choices: AgentChoices,
  skillId: string,
  { connectionId, model, inherited }: AskedModel,
): Promise<{ connectionId: string; model: string | null }> {
  if (connectionId !== null && model !== null) return { connectionId, model };
  const sources = [() => choices.ofSkill(skillId), () => inherited, () => choices.ofPlugin()];
  for (const source of sources) {
    const choice = await source();
    if (choice?.connectionId === null || choice === undefined) continue;
    if (connectionId === null || choice.connectionId === connectionId) {
      return { connectionId: choice.connectionId, model: model ?? choice.model };
    }
  }
  if (connectionId !== null) return { connectionId, model };
  throw new InvalidError(
    'An agent needs a connection: name one, or choose one for the skill or for all agents.',
    { code: 'connection-required', path: ['connection'] },
  );
}
