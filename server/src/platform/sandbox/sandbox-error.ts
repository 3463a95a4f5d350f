import { errors } from '@strapi/utils';

/** 403: no sandbox of this host is strong enough, so nothing is run. */
export class SandboxUnavailableError extends errors.ForbiddenError {
  constructor(message: string) {
    super(message, { code: 'sandbox-unavailable' });
  }
}
