import { ConflictError, InvalidError, MissingError } from '../../http/errors';
import { checkContent, type ContentLimits } from './content-limits';
import type { VersionRecord } from './versions-service';

export function versionMissing(): MissingError {
  return new MissingError('There is no such version.', { code: 'version-not-found' });
}

export function fileMissing(path: string): MissingError {
  return new MissingError(`There is no file ${JSON.stringify(path)} in this version.`, {
    code: 'file-not-found',
    path: [path],
  });
}

/** `actual` is the version that holds the newer content: the one that was edited, or its draft child. */
export function staleRevision(
  expected: number,
  actual: Pick<VersionRecord, 'id' | 'revision'>,
): ConflictError {
  return new ConflictError(
    'Somebody else has changed this version meanwhile; look at their change and try again.',
    {
      code: 'stale-revision',
      expected,
      actual: actual.revision,
      versionId: actual.id,
    },
  );
}

/** Refuses content whose paths, number of files or sizes go beyond what a version may hold. */
export function refuseBadContent(
  files: readonly { path: string; size: number }[],
  limits: ContentLimits,
): void {
  const problem = checkContent(files, limits);
  if (problem) throw new InvalidError(problem.message, { code: problem.code, path: [problem.path] });
}
