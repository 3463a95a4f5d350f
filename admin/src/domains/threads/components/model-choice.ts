import type { AgentDefaults, Connection, Skill } from 'strapi-plugin-skills-shared/contracts';
import type { ModelChoice } from '../../connections';

export const noChoice: ModelChoice = { connection: '', model: '' };

interface Known {
  /** Those that can be used now. */
  connections: readonly Pick<Connection, 'id'>[];
  /** What was chosen last. */
  remembered: ModelChoice | undefined;
  skill: Pick<Skill, 'agent'>;
  defaults: AgentDefaults | undefined;
}

/**
 * What is chosen before anybody has: the last choice, else the skill's default, else the plugin's, else the only connection. One that
 * cannot be used any more is passed over.
 */
export function firstChoice({ connections, remembered, skill, defaults }: Known): ModelChoice {
  const usable = (id: string | undefined): id is string => connections.some((known) => known.id === id);
  if (remembered && usable(remembered.connection)) return remembered;
  for (const { connection, model } of [skill.agent, defaults].filter((one) => one !== undefined)) {
    if (usable(connection?.id)) return { connection: connection?.id ?? '', model: model ?? '' };
  }
  const [only] = connections;
  return connections.length === 1 && only ? { connection: only.id, model: '' } : noChoice;
}

/** Where the last choice for a skill lies in the browser. */
const keyOf = (skillId: string): string => `skills.tester.${skillId}`;

/** What was chosen last for this skill in this browser. What lies there is a stranger's: it is read like that. */
export function rememberedChoice(
  storage: Pick<Storage, 'getItem'>,
  skillId: string,
): ModelChoice | undefined {
  try {
    const found: unknown = JSON.parse(storage.getItem(keyOf(skillId)) ?? 'null');
    if (typeof found !== 'object' || found === null) return undefined;
    const { connection, model } = found as Record<string, unknown>;
    return typeof connection === 'string' && typeof model === 'string' ? { connection, model } : undefined;
  } catch {
    return undefined; // A browser that keeps nothing, or something else of this name.
  }
}

export function rememberChoice(
  storage: Pick<Storage, 'setItem'>,
  skillId: string,
  choice: ModelChoice,
): void {
  try {
    storage.setItem(keyOf(skillId), JSON.stringify(choice));
  } catch {
    // Full, or forbidden: it is chosen again next time.
  }
}
