import { ConflictError, DeniedError, InvalidError, MissingError, type ErrorPath } from '../../http/errors';

export function staleRevision(expected: number, actual: number): ConflictError {
  return new ConflictError('Somebody else has changed this environment; reload before saving.', {
    code: 'stale-revision',
    path: ['revision'],
    expected,
    actual,
  });
}

export function reservedName(name: string, why: string, path: ErrorPath): InvalidError {
  return new InvalidError(`${name} cannot be set: ${why}.`, { code: 'name-reserved', path });
}

export function nameTaken(name: string, path: ErrorPath): InvalidError {
  return new InvalidError(`${name} is there twice: give each variable and secret a name of its own.`, {
    code: 'name-taken',
    path,
  });
}

export function valueUnfit(name: string, path: ErrorPath): InvalidError {
  return new InvalidError(`The value of ${name} holds a character that no environment can hold.`, {
    code: 'value-unfit',
    path,
  });
}

export function secretTooShort(name: string, least: number, path: ErrorPath): InvalidError {
  return new InvalidError(
    `The secret ${name} is shorter than ${least} characters: so short a text cannot be masked where it shows.`,
    { code: 'secret-too-short', path },
  );
}

export function hostInvalid(host: string, path: ErrorPath): InvalidError {
  return new InvalidError(
    `"${host}" is no host that could be reached: use a name, and a port from 1 to 65535 or none.`,
    {
      code: 'host-invalid',
      path,
    },
  );
}

export function tooMany(message: string, path: ErrorPath): InvalidError {
  return new InvalidError(message, { code: 'environment-too-large', path });
}

export function networkDenied(): DeniedError {
  return new DeniedError('You may not change the hosts that the network is opened for.', {
    code: 'network-denied',
    path: ['allowedHosts'],
  });
}

/** Skills that are a form, not a folder of files, have no sandbox to be furnished. */
export function environmentUnsupported(): MissingError {
  return new MissingError('This kind of skill has no environment.', { code: 'environment-unsupported' });
}

export function imageMissing(): MissingError {
  return new MissingError('The environment has no image.', { code: 'image-not-found' });
}

export function imageChanged(): ConflictError {
  return new ConflictError(
    "The skill's image has changed since this one was begun, and saving it would undo that.",
    {
      code: 'image-changed',
    },
  );
}
