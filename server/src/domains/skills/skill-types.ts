import type {
  AvailableSkillType,
  ConnectionSummary,
  SkillTypeFailure,
} from 'strapi-plugin-skills-shared/contracts';
import { errorResponse } from '../../http/error-response';
import { InvalidError, MissingError } from '../../http/errors';
import { withinLimit, type ConnectionsService, type OpenConnection } from '../connections';
import { readSettingsForm } from '../providers';

export interface OfferedSkillTypes {
  types: AvailableSkillType[];
  /** Connections that could not say what they offer. */
  failures: SkillTypeFailure[];
}

/** What skills can be made of: the skill types that connections offer now. */
export interface SkillTypes {
  /**
   * Of one connection, active or not (404 `connection-not-found`); else of all that are active and have the feature `skills`, asked at
   * once, each for `askTimeoutMs` at most: one that is slow or broken is named beside what the others offer.
   */
  list(connection?: string): Promise<OfferedSkillTypes>;
  /**
   * The JSON Schema of a skill type's settings, which draws their form. Asks no vendor. 404 `connection-not-found`, `skill-type-not-found`;
   * 400 `feature-missing`; and what `ConnectionsService.open` rejects with.
   */
  settingsSchema(connection: string, skillType: string): Promise<Record<string, unknown>>;
}

interface Dependencies {
  connections: Pick<ConnectionsService, 'get' | 'open' | 'summaries' | 'withFeature'>;
  askTimeoutMs: number;
  log: { error(message: string): void };
}

const FEATURE = 'skills';

export function createSkillTypes({ connections, askTimeoutMs, log }: Dependencies): SkillTypes {
  function opened<Answer>(
    { id, name }: Pick<ConnectionSummary, 'id' | 'name'>,
    work: (open: OpenConnection) => Promise<Answer>,
  ): Promise<Answer> {
    return withinLimit({ limitMs: askTimeoutMs, whom: name }, async (signal) =>
      work(await connections.open(id, { signal, evenInactive: true })),
    );
  }

  async function ask(connection: ConnectionSummary): Promise<AvailableSkillType[]> {
    const types = await opened(connection, async (open) => featureOf(open).listSkillTypes());
    return types.map(({ skillTypeId, name, description, icon = null, toolScopes = [] }) => ({
      skillTypeId,
      name,
      description,
      icon,
      toolScopes,
      connection,
    }));
  }

  return {
    async list(idOrAlias) {
      const asked = idOrAlias === undefined ? await connections.withFeature(FEATURE) : [await one(idOrAlias)];
      const answers = await Promise.allSettled(asked.map(ask));
      const types: AvailableSkillType[] = [];
      const failures: SkillTypeFailure[] = [];
      for (const [index, answer] of answers.entries()) {
        if (answer.status === 'fulfilled') types.push(...answer.value);
        else failures.push(failureOf(asked[index]!, answer.reason, log));
      }
      return { types, failures };
    },

    async settingsSchema(idOrAlias, skillType) {
      const connection = await connections.get(idOrAlias);
      return opened(connection, (open) => {
        const schema = featureOf(open).settingsSchema(skillType);
        if (schema) return Promise.resolve(readSettingsForm(schema).jsonSchema);
        const message = `The connection ${open.name} does not offer the skill type ${skillType}.`;
        throw new MissingError(message, { code: 'skill-type-not-found', path: ['skillType'] });
      });
    },
  };

  async function one(idOrAlias: string): Promise<ConnectionSummary> {
    const { id, alias, name, active, provider } = await connections.get(idOrAlias);
    return { id, alias, name, active, provider };
  }
}

function featureOf(open: OpenConnection) {
  const feature = open.tryGetFeature(FEATURE);
  if (feature) return feature;
  const message = `The connection ${open.name} offers no skills.`;
  throw new InvalidError(message, { code: 'feature-missing', path: ['connection'] });
}

/** What a person may know of a failure; what nobody foresaw is in the log. */
function failureOf(
  connection: ConnectionSummary,
  error: unknown,
  log: Dependencies['log'],
): SkillTypeFailure {
  const { body, unexpected } = errorResponse(error);
  if (unexpected) log.error(`Asking ${connection.alias} for its skill types failed: ${stackOf(error)}`);
  return { connection, error: { code: body.error.details.code, message: body.error.message } };
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
