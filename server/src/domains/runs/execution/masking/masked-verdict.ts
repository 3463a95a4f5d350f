import type { SecretMask } from '../../../../platform/secret-mask';
import type { Verdict } from '../verdict';
import { maskedError } from './event-mask';

/** How a run ended, without the secrets that its output or its error may quote. */
export function maskedVerdict({ error, output, ...verdict }: Verdict, mask: SecretMask): Verdict {
  return {
    ...verdict,
    error: error && maskedError(error, mask),
    ...(output !== undefined && { output: mask.value(output) }),
  };
}
