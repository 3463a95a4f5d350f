import type { Connection, ConnectionSummary, SecretState } from 'strapi-plugin-skills-shared/contracts';
import type { ProvidersService } from '../providers';
import type { ConnectionRecord } from './connection-record';
import type { AllowedEnvironment } from './settings/allowed-environment';
import type { StoredSecret } from './settings/stored-settings';

export interface Presentation {
  summary(connection: ConnectionRecord): ConnectionSummary;
  /** Without any secret: of each, where it comes from. */
  json(connection: ConnectionRecord): Connection;
}

export function createPresentation(
  providers: Pick<ProvidersService, 'find'>,
  environment: AllowedEnvironment,
): Presentation {
  function summary({
    id,
    alias,
    name,
    active,
    providerId,
    providerName,
  }: ConnectionRecord): ConnectionSummary {
    const provider = providers.find(providerId);
    return {
      id,
      alias,
      name,
      active,
      provider: {
        id: providerId,
        displayName: provider?.displayName ?? providerName,
        icon: provider?.icon ?? null,
        installed: provider !== undefined,
      },
    };
  }

  return {
    summary,
    json(connection) {
      const { settings, lastTest, revision } = connection;
      const provider = providers.find(connection.providerId);
      const known = provider?.settings.secretFields ?? [];
      const secretFields = [...new Set([...known, ...Object.keys(settings.secrets)])];
      return {
        ...summary(connection),
        capabilities: [...(provider?.summary ?? [])],
        settings: Object.fromEntries(
          Object.entries(settings.values).filter(([field]) => !secretFields.includes(field)),
        ),
        secrets: secretsOf(connection, secretFields, environment),
        lastTest,
        revision,
        createdBy: connection.author,
        updatedBy: connection.editor,
        createdAt: new Date(connection.createdAt).toISOString(),
        updatedAt: new Date(connection.updatedAt).toISOString(),
      };
    },
  };
}

function secretsOf(
  { settings }: ConnectionRecord,
  secretFields: readonly string[],
  environment: AllowedEnvironment,
): Record<string, SecretState> {
  const states = secretFields.map((field): [string, SecretState] => {
    const own = Object.hasOwn(settings.secrets, field) ? settings.secrets[field] : undefined;
    // The adapter's author may have called it a secret only after it was stored.
    const isStoredOpenly = own === undefined && Object.hasOwn(settings.values, field);
    return [field, isStoredOpenly ? { source: 'stored' } : stateOf(own, environment)];
  });
  return Object.fromEntries(states);
}

function stateOf(secret: StoredSecret | undefined, environment: AllowedEnvironment): SecretState {
  if (secret === undefined) return { source: 'none' };
  if ('stored' in secret) return { source: 'stored' };
  const present = environment.read(secret.env) !== undefined;
  return { source: 'environment', variable: secret.env, present };
}
