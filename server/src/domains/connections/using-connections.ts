import { errors } from '@strapi/utils';
import type { ConnectionTestResult } from 'strapi-plugin-skills-shared/contracts';
import { ProviderError, type ChatModel } from 'strapi-plugin-skills-shared/provider';
import { InvalidError } from '../../http/errors';
import { findPrice, type ConnectedProvider, type LoadedProvider } from '../providers';
import type { ConnectionRecord } from './connection-record';
import type { ConnectionsContext } from './connections-context';
import type { ConnectionsService, OpenConnection, OpenOptions } from './connections-service';
import { connectionInactive, connectionMissing, providerMissing } from './refusals';
import { checkEntered, enterSettings } from './settings/enter-settings';
import { revealed } from './settings/stored-settings';
import { withinLimit } from './within-limit';

type Using = Pick<ConnectionsService, 'open' | 'test' | 'tryOut' | 'models'>;

/** Speaking to vendors over connections. */
export function createUsing(context: ConnectionsContext): Using {
  const { repository, providers, askTimeoutMs } = context;

  async function get(idOrAlias: string): Promise<ConnectionRecord> {
    const connection = await repository.find(idOrAlias);
    if (!connection) throw connectionMissing();
    return connection;
  }

  function connect(provider: LoadedProvider, settings: unknown, signal: AbortSignal): ConnectedProvider {
    return provider.connect(settings, { signal, fetch: context.fetch, log: context.logOf(provider.id) });
  }

  async function openRecord(
    connection: ConnectionRecord,
    { signal, evenInactive = false }: OpenOptions,
  ): Promise<OpenConnection> {
    const { id, alias, name, active, providerId, providerName } = connection;
    const provider = providers.find(providerId);
    if (!provider) throw providerMissing(name, providerName);
    if (!active && !evenInactive) throw connectionInactive(name);
    const complete = revealed(id, connection.settings, context.reader);
    const settings = await provider.settings.validate(complete, ['settings']);
    return { ...connect(provider, settings, signal), id, alias, name };
  }

  return {
    open: async (idOrAlias, options) => openRecord(await get(idOrAlias), options),

    async test(idOrAlias) {
      const connection = await get(idOrAlias);
      const result = await tested(context, connection.name, async (signal) => {
        const open = await openRecord(connection, { signal, evenInactive: true });
        return open.test();
      });
      await repository.writeLastTest(connection.id, connection.revision, result);
      return result;
    },

    async tryOut(trial) {
      const provider = providers.get(trial.provider);
      const stored = trial.connection === undefined ? undefined : await get(trial.connection);
      if (stored && stored.providerId !== provider.id) throw otherProvider();
      const before = stored && { connectionId: stored.id, settings: stored.settings };
      const { settings: form } = provider;
      const { environment, reader } = context;
      const entered = enterSettings({ form, entered: trial.settings, before, environment });
      const { settings, unreadable } = await checkEntered(form, entered, stored?.id ?? '', reader);
      return tested(context, provider.displayName, (signal) => {
        if (unreadable !== undefined) throw unreadable;
        return connect(provider, settings, signal).test();
      });
    },

    async models(idOrAlias) {
      const connection = await get(idOrAlias);
      const limit = { limitMs: askTimeoutMs, whom: connection.name };
      const { provider, models } = await withinLimit(limit, async (signal) => {
        const open = await openRecord(connection, { signal, evenInactive: true });
        return { provider: open.provider, models: await open.chat().listModels() };
      });
      return models.map((model: ChatModel) => {
        const price = findPrice({ configured: context.prices, provider }, model.id);
        return {
          id: model.id,
          name: model.name ?? null,
          contextTokens: model.contextTokens ?? null,
          price: price ? { input: price.input, output: price.output } : null,
        };
      });
    },
  };
}

/** What a test finds is an answer, whether the vendor's or ours; a bug of ours is none. */
async function tested(
  { askTimeoutMs, clock }: ConnectionsContext,
  whom: string,
  test: (signal: AbortSignal) => Promise<{ message: string }>,
): Promise<ConnectionTestResult> {
  const startedAt = performance.now();
  const outcome = await withinLimit({ limitMs: askTimeoutMs, whom }, async (signal) => test(signal)).then(
    ({ message }) => ({ ok: true, code: null, message }),
    (error: unknown) => ({ ok: false, ...failureOf(error) }),
  );
  const durationMs = Math.round(performance.now() - startedAt);
  return { ...outcome, durationMs, at: new Date(clock()).toISOString() };
}

function failureOf(error: unknown): { code: string; message: string } {
  if (ProviderError.is(error)) return { code: error.code, message: error.message };
  if (error instanceof errors.ApplicationError) {
    const { code } = error.details as { code?: unknown };
    if (typeof code === 'string') return { code, message: error.message };
  }
  throw error;
}

function otherProvider(): InvalidError {
  return new InvalidError('The connection is one to another provider.', {
    code: 'provider-mismatch',
    path: ['connection'],
  });
}
