import { errors } from '@strapi/utils';

/** Where in the request the fault lies: keys from the body's root, or a file's path inside a bundle as one key. */
export type ErrorPath = readonly (string | number)[];

interface Detail {
  code: string;
  path?: ErrorPath;
  [key: string]: unknown;
}

/** 400: what was sent cannot be accepted. */
export class InvalidError extends errors.ValidationError {
  constructor(message: string, details: Detail) {
    super(message, details);
  }
}

/** 404: there is none, or the caller may not know that there is. */
export class MissingError extends errors.NotFoundError {
  constructor(message: string, details: Detail) {
    super(message, details);
  }
}

/** 413: more than a limit allows was sent; `details` names the limit in bytes. */
export class TooLargeError extends errors.PayloadTooLargeError {
  constructor(message: string, details: Detail & { limit: number }) {
    super(message, details);
  }
}

/** 403: the caller may not. */
export class DeniedError extends errors.ForbiddenError {
  constructor(message: string, details: Detail) {
    super(message, details);
  }
}

/**
 * 409: the request was right once, but something changed or forbids it now: a stale revision, a run in the wrong state, a
 * frozen version. Strapi has no class for 409, so its name and status are told by `http/error-response`.
 */
export class ConflictError extends errors.ApplicationError<'ConflictError'> {
  constructor(message: string, details: Detail) {
    super(message, details);
    this.name = 'ConflictError';
  }
}
