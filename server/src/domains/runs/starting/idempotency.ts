import { createHash } from 'node:crypto';
import type { Actor, RunBudget, RunFile } from 'strapi-plugin-skills-shared/contracts';
import { ConflictError, InvalidError } from '../../../http/errors';
import type { RunRecord } from '../run-record';
import { canonicalJson } from './canonical-json';
import type { AskedTarget } from './resolve-target';

/** What a request asks for, as far as repeating it means asking for the same. */
export interface RequestedRun extends AskedTarget {
  skillId: string;
  /** As asked for: null when the caller left the choice of version to us. */
  versionNumber: number | null;
  input: unknown;
  prompt: string | null;
  inputFiles: readonly RunFile[];
  skills?: readonly string[];
  budget?: Partial<RunBudget>;
  approval?: readonly string[];
  threadId?: string;
}

const MAX_KEY_CHARACTERS = 255;

function digest(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}

/** The same key of another caller, or for another skill, is another key. */
export function idempotencyScope(actor: Actor, skillId: string, key: string): string {
  if (key.length > MAX_KEY_CHARACTERS) {
    throw new InvalidError(`The Idempotency-Key is longer than ${MAX_KEY_CHARACTERS} characters.`, {
      code: 'idempotency-key-too-long',
      path: ['Idempotency-Key'],
    });
  }
  return digest([actor.type, actor.id, skillId, key]);
}

export function requestDigest(request: RequestedRun): string {
  const { skillId, versionNumber, input, prompt, inputFiles, execution, connection, model } = request;
  const files = inputFiles
    .map((file) => ({ name: file.name, digest: file.digest }))
    .sort((left, right) => (left.name < right.name ? -1 : 1));
  const target = { execution, connection, model };
  // What was left out leaves no trace: runs that were started before these could be asked for are recognised.
  const { skills, budget, approval, threadId } = request;
  const agent = { skills, budget, approval, threadId };
  return digest({ skillId, versionNumber, input: input ?? null, prompt, files, ...target, ...agent });
}

/** Answers the earlier run when this request repeats it; throws 409 `idempotency-key-reused` when it asks for another. */
export function assertRepeats(earlier: RunRecord, digestOfRequest: string): RunRecord {
  if (earlier.requestDigest === digestOfRequest) return earlier;
  throw new ConflictError('This Idempotency-Key was used for another request.', {
    code: 'idempotency-key-reused',
    path: ['Idempotency-Key'],
    runId: earlier.id,
  });
}
