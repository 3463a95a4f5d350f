import { ConflictError, InvalidError, MissingError } from '../../http/errors';

export function skillMissing(): MissingError {
  return new MissingError('There is no such skill.', { code: 'skill-not-found' });
}

export function versionMissing(): MissingError {
  return new MissingError('There is no such version.', { code: 'version-not-found' });
}

/** 400: a choice for agents where none works. */
export function agentUnused(): InvalidError {
  const message = 'No agent works by this skill: it runs at its provider.';
  return new InvalidError(message, { code: 'agent-unused', path: ['agent'] });
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

/** Another version is current by now, or the one that was open has been edited: both are named. */
export function staleVersion(expected: VersionState, actual: VersionState): ConflictError {
  return new ConflictError("Somebody else has changed this skill's content; reload before saving.", {
    code: 'stale-version',
    path: ['version'],
    expected,
    actual,
  });
}

interface VersionState {
  id: string;
  revision: number;
}

/** `name` is the connection's; there is none when the connection is gone. */
export function connectionUnusable(name: string | undefined, path: readonly string[]): InvalidError {
  if (name === undefined) {
    const message = 'The connection that this skill is bound to is gone, so the skill cannot be active.';
    return new InvalidError(message, { code: 'connection-missing', path });
  }
  const message = `The connection ${name} is not active, so a skill that uses it cannot be either.`;
  return new InvalidError(message, { code: 'connection-inactive', path });
}
