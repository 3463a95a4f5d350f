import { types } from 'node:util';
import { errors } from '@strapi/utils';
import { refusal } from '../refusal';

const truncated = /End of central directory|unexpected e(of|nd)|overflows file bounds|premature close/i;

/**
 * Turns what the archive libraries and zlib throw, plain errors about the archive, into refusals. Refusals pass as they are, and so
 * do the errors of the file system, which are not the archive's fault.
 */
export function explainError(error: unknown): unknown {
  if (error instanceof errors.ApplicationError || !types.isNativeError(error) || 'syscall' in error)
    return error;
  if (/encryption/.test(error.message)) return refusal('entry-encrypted', 'The archive is encrypted.');
  if (truncated.test(error.message)) return refusal('archive-truncated', 'The archive is not complete.');
  return refusal('archive-damaged', `The archive is damaged: ${error.message.replace(/\.$/, '')}.`);
}
