import { errors } from '@strapi/utils';
import type { ConnectionTestResult } from 'strapi-plugin-skills-shared/contracts';
import { ProviderError } from 'strapi-plugin-skills-shared/provider';
import { InvalidError } from '../../http/errors';
import type { ConnectionsContext } from './connections-context';
import type { ConnectionsService } from './connections-service';
import type { Opening } from './open-connections';
import { checkEntered, enterSettings } from './settings/enter-settings';
import { withinLimit } from './within-limit';

type Testing = Pick<ConnectionsService, 'test' | 'tryOut'>;

/** Real calls to vendors, to learn whether settings are right. */
export function createTesting(context: ConnectionsContext, opening: Opening): Testing {
  const { repository, providers, environment, reader } = context;
  return {
    async test(idOrAlias) {
      const connection = await opening.get(idOrAlias);
      const result = await tested(context, connection.name, async (signal) => {
        const open = await opening.open(connection, { signal, evenInactive: true });
        return open.test();
      });
      await repository.writeLastTest(connection.id, connection.revision, result);
      return result;
    },

    async tryOut(trial) {
      const provider = providers.get(trial.provider);
      const stored = trial.connection === undefined ? undefined : await opening.get(trial.connection);
      if (stored && stored.providerId !== provider.id) throw otherProvider();
      // As an update would: a stored secret is sent to where it was entered for, and nowhere else.
      const before = stored && { connectionId: stored.id, settings: stored.settings };
      const { settings: form } = provider;
      const entered = enterSettings({ form, entered: trial.settings, before, environment });
      const { settings, unreadable } = await checkEntered(form, entered, stored?.id ?? '', reader);
      return tested(context, provider.displayName, async (signal) => {
        if (unreadable !== undefined) throw unreadable;
        return opening.connect(provider, settings, signal).test();
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
  const outcome = await withinLimit({ limitMs: askTimeoutMs, whom }, test).then(
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
