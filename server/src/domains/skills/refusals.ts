import { ConflictError, MissingError } from '../../http/errors';

export function skillMissing(): MissingError {
  return new MissingError('There is no such skill.', { code: 'skill-not-found' });
}

export function versionMissing(): MissingError {
  return new MissingError('There is no such version.', { code: 'version-not-found' });
}

/** Known by its class, because a new skill whose alias was derived just looks for another. */
export class AliasTakenError extends ConflictError {
  constructor(alias: string) {
    super(`There is a skill with the alias ${alias} already.`, { code: 'alias-taken', path: ['alias'] });
  }
}

export function staleRevision(expected: number, actual: number): ConflictError {
  return new ConflictError('Somebody else has changed this skill; reload before saving.', {
    code: 'stale-revision',
    path: ['revision'],
    expected,
    actual,
  });
}
