/** Why a command ended, in a sentence for the person at the keyboard; it is shown without a stack. */
export class CommandError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'CommandError';
  }
}

interface CodedError extends Error {
  details: { code: string; path?: unknown };
}

/** Errors that are meant for a person carry a code: the plugin's own, and a command's. Everything else is a bug of ours. */
function isForPeople(error: unknown): error is Error {
  if (error instanceof CommandError) return true;
  if (!(error instanceof Error) || !('details' in error)) return false;
  const { details } = error as CodedError;
  return typeof details === 'object' && details !== null && typeof details.code === 'string';
}

/** What to print about an error: a sentence when it was foreseen, the whole stack when it was not. */
export function describeError(error: unknown): string {
  if (isForPeople(error)) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
