import { errors } from '@strapi/utils';

/** 403: no sandbox of this host is strong enough, so nothing is run. */
export class SandboxUnavailableError extends errors.ForbiddenError {
  constructor(message: string) {
    super(message, { code: 'sandbox-unavailable' });
  }
}

/** 429: this host has no place for another sandbox just now. */
export class SandboxFullError extends errors.RateLimitError {
  constructor(message: string) {
    super(message, { code: 'sandbox-full' });
  }
}

/** 403: the sandbox cannot hold a run to the hosts that it may reach, so it is not run. */
export class NetworkUnavailableError extends errors.ForbiddenError {
  constructor(message: string) {
    super(message, { code: 'network-unavailable' });
  }
}

/** 501: this server cannot make terminals. */
export class TerminalUnavailableError extends errors.NotImplementedError {
  constructor(message: string) {
    super(message, { code: 'terminal-unavailable' });
  }
}
