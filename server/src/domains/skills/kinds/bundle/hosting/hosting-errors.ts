import { ProviderError } from 'strapi-plugin-skills-shared/provider';
import { ConflictError, InvalidError, MissingError } from '../../../../../http/errors';

export const placementMissing = () =>
  new MissingError('There is no such placement, or you may not see it.', { code: 'placement-not-found' });

export const placementBusy = () =>
  new ConflictError('This placement is being published or withdrawn; wait until that is done.', {
    code: 'placement-busy',
  });

export const hostedByAnother = () =>
  new ConflictError('Another skill with the same content lives at this connection already.', {
    code: 'content-hosted-by-another',
    path: ['connection'],
  });

export const notABundle = () =>
  new InvalidError('Only bundles can be published to a vendor.', { code: 'kind-unsupported' });

export const invalidVersion = () =>
  new InvalidError('This version has errors, so it cannot be published.', {
    code: 'version-invalid',
    path: ['version'],
  });

export const connectionInactive = (name: string) =>
  new InvalidError(`The connection "${name}" is not active.`, {
    code: 'connection-inactive',
    path: ['connection'],
  });

/** What is kept of a failure, for people to read. Only a provider's own sentence is shown: others may tell of this server. */
export function readableError(error: unknown): { code: string; message: string } {
  if (ProviderError.is(error)) return { code: error.code, message: error.message };
  const code = (error as { details?: { code?: unknown } } | null)?.details?.code;
  if (typeof code === 'string') return { code, message: (error as Error).message };
  return { code: 'internal', message: 'It failed for a reason that the server wrote into its log.' };
}

/** An adapter calls every abort "cancelled"; this one came of a clock. */
export function asTimeout(error: unknown, signal: AbortSignal): unknown {
  if (!signal.aborted || !ProviderError.is(error) || error.code !== 'cancelled') return error;
  return new ProviderError({ code: 'timeout', message: 'The vendor did not answer in time.' });
}
