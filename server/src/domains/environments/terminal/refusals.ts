import { ConflictError, DeniedError, MissingError } from '../../../http/errors';

export function terminalsDisabled(): DeniedError {
  return new DeniedError('Terminals are switched off in the configuration of this server.', {
    code: 'terminals-disabled',
  });
}

export function tooManyTerminals(limit: number): ConflictError {
  return new ConflictError(`You have ${limit} terminals open, which is as many as there may be; close one.`, {
    code: 'terminals-limit',
    limit,
  });
}

/** A ticket that was used, that is too old, and one that never was, are told alike. */
export function ticketUnknown(): DeniedError {
  return new DeniedError('This ticket opens no terminal (any more).', { code: 'ticket-invalid' });
}

export function terminalMissing(): MissingError {
  return new MissingError('There is no such terminal, or it is closed.', { code: 'terminal-not-found' });
}

export function skillArchived(): ConflictError {
  return new ConflictError('An archived skill has no terminal.', { code: 'skill-archived' });
}

export function imageBeingSaved(): ConflictError {
  return new ConflictError('The image of this terminal is being saved already.', {
    code: 'image-being-saved',
  });
}
