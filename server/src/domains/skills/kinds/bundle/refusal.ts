import { InvalidError } from '../../../../http/errors';
import type { ContentProblem, ContentProblemCode } from '../../../versions';

/**
 * Why a bundle is refused as a whole. Codes of paths and sizes come from the versions domain; these are what can be wrong with
 * an archive or a folder itself.
 */
export type RefusalCode =
  | ContentProblemCode
  | 'archive-unsupported'
  | 'archive-damaged'
  | 'archive-truncated'
  | 'archive-empty'
  | 'too-many-entries'
  | 'several-skills'
  | 'entry-name-encoding'
  | 'entry-encrypted'
  | 'entry-link'
  | 'entry-device'
  | 'entry-unsupported'
  | 'entry-compression'
  | 'entry-size-mismatch'
  | 'entry-checksum'
  | 'entry-overlap'
  | 'entry-header-mismatch';

/** A 400 with a stable code, and the offending path as the one key of `details.path`. */
export function refusal(code: RefusalCode, message: string, path?: string): InvalidError {
  return new InvalidError(message, path === undefined ? { code } : { code, path: [path] });
}

export function refuseProblem(problem: ContentProblem | undefined): void {
  if (problem) throw refusal(problem.code, problem.message, problem.path);
}

/** A name as a message shows it: quoted, its control characters escaped, cut when endless. */
export function quoteName(name: string): string {
  return JSON.stringify(name.length <= 120 ? name : `${name.slice(0, 117)}…`);
}
