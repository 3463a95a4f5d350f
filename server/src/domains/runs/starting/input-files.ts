import { posix } from 'node:path';
import type { Readable } from 'node:stream';
import { lookup } from 'mime-types';
import type { SkillMetadata } from 'strapi-plugin-skills-shared/contracts';
import { InvalidError } from '../../../http/errors';
import type { Upload } from '../../../http/uploads';
import { isSafeName } from '../file-names';

/** An upload on its way into a run. `name` is the file's name in the run's input folder. */
export interface NamedUpload {
  upload: { open(): Readable };
  name: string;
  mime: string;
}

/** A file as a request brings it. */
export type InputUpload = Pick<Upload, 'field' | 'name' | 'mime'> & NamedUpload['upload'];

/** The form field for files that keep the name that their sender gave them. */
const FILES_FIELD = 'files';

/** What may stand in a Content-Type header. */
const MIME_TYPE = /^[\w.+-]+\/[\w.+-]+$/;

/** What the client says, unless it says nothing: then what the name's ending says. */
function mimeOf({ mime, name }: InputUpload): string {
  const said = mime.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (MIME_TYPE.test(said) && said !== 'application/octet-stream') return said;
  return lookup(name) || 'application/octet-stream';
}

/** A file in the field of a declared input is called as that input, which is how the skill finds it; its ending is kept. */
function nameOf({ field, name }: InputUpload, declared: ReadonlySet<string>): string {
  if (declared.has(field)) return `${field}${posix.extname(name)}`;
  if (field === FILES_FIELD) return name;
  throw new InvalidError(`The skill declares no input file called ${field}.`, {
    code: 'input-file-undeclared',
    path: [field],
  });
}

/**
 * Gives uploads the names and types that they have in the run. Whether they are what the skill declared is for its kind to
 * check. Throws 400 `input-file-undeclared`, `input-file-name` or `input-file-duplicate` with the form's field.
 */
export function nameUploads(uploads: readonly InputUpload[], metadata: SkillMetadata): NamedUpload[] {
  const ports = (metadata.inputs ?? []).filter(({ type }) => type === 'file');
  const declared = new Set(ports.flatMap(({ name }) => (name === undefined ? [] : [name])));
  const taken = new Set<string>();
  return uploads.map((upload) => {
    const name = nameOf(upload, declared);
    if (!isSafeName(name) || name.includes('/')) {
      const message = `${JSON.stringify(name)} is no name for an input file.`;
      throw new InvalidError(message, { code: 'input-file-name', path: [upload.field] });
    }
    // Folded, since the skill may run on a file system that takes both for one.
    const key = name.normalize('NFC').toLowerCase();
    if (taken.has(key)) {
      const message = `Two input files are called ${name}.`;
      throw new InvalidError(message, { code: 'input-file-duplicate', path: [upload.field] });
    }
    taken.add(key);
    return { upload, name, mime: mimeOf(upload) };
  });
}
