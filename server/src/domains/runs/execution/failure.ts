import { errors } from '@strapi/utils';
import { ProviderError } from 'strapi-plugin-skills-shared/provider';
import type { RunError } from '../run-record';

/**
 * What a run's readers are told of a thrown error: our own errors' and a provider's code and sentence, and nothing of any other, whose text
 * may hold what must not be stored (paths, addresses, secrets).
 */
export function failureOf(error: unknown): { error: RunError; unexpected: boolean } {
  if (error instanceof errors.ApplicationError) {
    const details: unknown = error.details;
    const code =
      typeof details === 'object' && details !== null && 'code' in details ? details.code : undefined;
    return {
      error: { code: typeof code === 'string' ? code : 'failed', message: error.message },
      unexpected: false,
    };
  }
  if (ProviderError.is(error)) {
    return { error: { code: error.code, message: error.message }, unexpected: false };
  }
  return {
    error: { code: 'internal', message: 'Something went wrong on the server while the run was executed.' },
    unexpected: true,
  };
}
