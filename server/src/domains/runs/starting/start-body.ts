import type { Context } from 'koa';
import { runCreateSchema, type RunCreate } from 'strapi-plugin-skills-shared/contracts';
import { InvalidError } from '../../../http/errors';
import { parseInput } from '../../../http/invalid-input';
import { isMultipart, readMultipart } from '../../../http/uploads';
import type { InputUpload } from './input-files';

/** The form field that holds what a JSON body would. */
const PAYLOAD_FIELD = 'payload';
const MAX_INPUT_FILES = 100;

export interface StartBody extends RunCreate {
  uploads: readonly InputUpload[];
}

function parsePayload(text: string | undefined): unknown {
  if (text === undefined) return {};
  try {
    return JSON.parse(text);
  } catch {
    throw new InvalidError('The field payload is not JSON.', {
      code: 'payload-invalid',
      path: [PAYLOAD_FIELD],
    });
  }
}

/** What a request to start a run says: a JSON body, or a multipart one with `payload` and files. */
export function readStartBody(ctx: Context, limits: { maxInputFileBytes: number }): StartBody {
  if (!isMultipart(ctx)) return { ...parseInput(runCreateSchema, ctx.request.body ?? {}), uploads: [] };
  const { fields, files } = readMultipart(ctx, {
    maxFileBytes: limits.maxInputFileBytes,
    maxBytes: limits.maxInputFileBytes * MAX_INPUT_FILES,
    maxFiles: MAX_INPUT_FILES,
  });
  return { ...parseInput(runCreateSchema, parsePayload(fields.get(PAYLOAD_FIELD)?.[0])), uploads: files };
}
