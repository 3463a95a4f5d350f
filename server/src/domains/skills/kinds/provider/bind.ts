import type { Connection, ProviderBinding } from 'strapi-plugin-skills-shared/contracts';
import type { JsonObject, SkillType } from 'strapi-plugin-skills-shared/provider';
import { InvalidError } from '../../../../http/errors';
import { withinLimit, type OpenConnection } from '../../../connections';
import { readSettingsForm } from '../../../providers';
import type { KindServices } from '../kind';

export interface WantedBinding {
  /** A connection's id or alias. */
  connection: string;
  skillTypeId: string;
  settings: Record<string, unknown>;
  /** Whether the skill is active: its connection must be, then. */
  active: boolean;
  /** What it was bound to before. */
  before?: ProviderBinding;
}

/**
 * Binds a skill to a skill type of a connection. Answers the settings as the type's schema does. Rejects with 400
 * `connection-not-found`, `connection-inactive`, `feature-missing`, `skill-type-missing`, `settings-invalid`, each with the field's path;
 * and with what `ConnectionsService.open` rejects with.
 */
export async function bind(wanted: WantedBinding, services: KindServices): Promise<ProviderBinding> {
  const connection = await services.connections.find(wanted.connection);
  if (!connection) {
    throw refusal('connection-not-found', 'connection', 'There is no such connection.');
  }
  if (wanted.active && !connection.active) {
    const message = `The connection ${connection.name} is not active, so a skill that uses it cannot be either.`;
    throw refusal('connection-inactive', 'connection', message);
  }
  const limit = { limitMs: services.askTimeoutMs, whom: connection.name };
  return withinLimit(limit, async (signal) => {
    const open = await services.connections.open(connection.id, { signal, evenInactive: true });
    const settings = await settingsOf(open, wanted);
    return {
      connectionId: connection.id,
      providerId: connection.provider.id,
      skillTypeId: wanted.skillTypeId,
      skillTypeName: await nameOf(open, connection, wanted),
      settings,
    };
  });
}

async function settingsOf(
  open: OpenConnection,
  { skillTypeId, settings }: WantedBinding,
): Promise<JsonObject> {
  const feature = open.tryGetFeature('skills');
  if (!feature) {
    const message = `The connection ${open.name} offers no skills.`;
    throw refusal('feature-missing', 'connection', message);
  }
  const schema = feature.settingsSchema(skillTypeId);
  if (!schema) throw typeMissing(open, skillTypeId);
  const form = readSettingsForm(schema);
  if (form.secretFields.length > 0) {
    // They would be stored in versions, exported, and shown to whoever may read the skill.
    throw new Error(`The skill type ${skillTypeId} of ${open.provider.id} asks for secrets in its settings.`);
  }
  return (await form.validate(settings, ['settings'])) as JsonObject;
}

/** A skill that stays where it is keeps its type's name; nobody needs to be asked, so that it can be saved while the vendor is down. */
async function nameOf(
  open: OpenConnection,
  { id }: Pick<Connection, 'id'>,
  { skillTypeId, before }: WantedBinding,
): Promise<string> {
  if (before?.connectionId === id && before.skillTypeId === skillTypeId) return before.skillTypeName;
  const types: SkillType[] = await open.getFeature('skills').listSkillTypes();
  const type = types.find((offered) => offered.skillTypeId === skillTypeId);
  if (!type) throw typeMissing(open, skillTypeId);
  return type.name;
}

function typeMissing({ name }: Pick<OpenConnection, 'name'>, skillTypeId: string): InvalidError {
  const message = `The connection ${name} does not offer the skill type ${skillTypeId}.`;
  return refusal('skill-type-missing', 'skillType', message);
}

function refusal(code: string, field: string, message: string): InvalidError {
  return new InvalidError(message, { code, path: [field] });
}
