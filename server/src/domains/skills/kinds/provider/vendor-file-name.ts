import { posix } from 'node:path';
import { extension } from 'mime-types';

/** Characters of a name without its ending: leaves room for a number and an ending within what file systems take. */
const MAX_STEM = 120;
const MAX_ENDING = 16;

/** What may stand in a Content-Type header. */
const MIME_TYPE = /^[\w.+-]{1,63}\/[\w.+-]{1,63}$/;

/** What file systems and shells give a meaning of their own, and what cannot be seen. */
const UNSAFE = /[\p{C}\p{Zl}\p{Zp}<>:"|?*]/gu;

/** Names that Windows keeps for devices, whatever follows the point. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)$/i;

/** The type that a vendor tells, where it is one. */
export function vendorMime(mime: string): string | undefined {
  const said = mime.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  return MIME_TYPE.test(said) ? said : undefined;
}

function safeParts(name: string, mime: string): { stem: string; ending: string } {
  const last = name.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const clean = last.replace(UNSAFE, '').replace(/^[.\s]+|[.\s]+$/g, '');
  const written = posix.extname(clean);
  const told = extension(vendorMime(mime) ?? '');
  const ending = written !== '' && written.length <= MAX_ENDING ? written : told ? `.${told}` : '';
  const stem = (written === ending ? clean.slice(0, clean.length - written.length) : clean).trim();
  const short = [...stem].slice(0, MAX_STEM).join('');
  return {
    stem: short === '' || DEVICE.test(short) ? `file${short === '' ? '' : `-${short}`}` : short,
    ending,
  };
}

/**
 * Gives the files that a vendor made names of their own within a run: one part of a path, harmless on every file system. A name that was
 * given, in whatever case, is numbered. What vendors call files is text that a model may have written.
 */
export function createVendorFileNames(): (file: { name: string; mime: string }) => string {
  const taken = new Set<string>();
  return ({ name, mime }) => {
    const { stem, ending } = safeParts(name, mime);
    for (let number = 1; ; number += 1) {
      const candidate = number === 1 ? stem + ending : `${stem}-${number}${ending}`;
      // Folded, since some file systems take both for one.
      const key = candidate.toLowerCase();
      if (taken.has(key)) continue;
      taken.add(key);
      return candidate;
    }
  };
}
