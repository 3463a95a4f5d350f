import type { ConnectionUser } from 'strapi-plugin-skills-shared/contracts';
import { ConflictError, InvalidError, MissingError } from '../../http/errors';

export function connectionMissing(): MissingError {
  return new MissingError('There is no such connection.', { code: 'connection-not-found' });
}

/** Known by its class, because a new connection whose alias was derived just looks for another. */
export class AliasTakenError extends ConflictError {}

export function aliasTaken(alias: string): AliasTakenError {
  return new AliasTakenError(`There is a connection with the alias ${alias} already.`, {
    code: 'alias-taken',
    path: ['alias'],
  });
}

export function staleRevision(expected: number, actual: number): ConflictError {
  return new ConflictError('Somebody else has changed this connection; reload before saving.', {
    code: 'stale-revision',
    path: ['revision'],
    expected,
    actual,
  });
}

export function connectionInUse(users: readonly ConnectionUser[]): ConflictError {
  const names = users.slice(0, 3).map(({ name }) => name);
  const others = users.length > names.length ? ' and others' : '';
  return new ConflictError(`The connection is in use by ${names.join(', ')}${others}.`, {
    code: 'connection-in-use',
    users,
  });
}

export function connectionInactive(name: string): ConflictError {
  return new ConflictError(`The connection ${name} is not active.`, { code: 'connection-inactive' });
}

export function providerMissing(name: string, provider: string): ConflictError {
  return new ConflictError(
    `The connection ${name} cannot be used, because the adapter of its provider ${provider} is not installed.`,
    { code: 'provider-missing' },
  );
}

export function variableForbidden(variable: string, path: readonly string[]): InvalidError {
  return new InvalidError(
    `The environment variable ${variable} may not be used by connections. An operator can allow it under ` +
      'connections.environmentVariables in the configuration of the skills plugin.',
    { code: 'secret-variable-forbidden', path },
  );
}

/** Where a secret is sent is about to change: whoever changes it must know the secret. */
export function secretRequired(field: string, path: readonly string[]): InvalidError {
  return new InvalidError(`Enter ${field} again, because where it is sent to has changed.`, {
    code: 'secret-required',
    path,
  });
}

export function variableGone(variable: string): ConflictError {
  return new ConflictError(
    `The environment variable ${variable}, which holds a secret of the connection, is not set or no longer allowed.`,
    { code: 'secret-unreadable' },
  );
}
