import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';

/** A zip of these files, as a person's own tool would make one. */
export async function zipOf(files: Readonly<Record<string, string | Buffer>>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [path, content] of Object.entries(files)) zip.addBuffer(Buffer.from(content), path);
  zip.end();
  return buffer(zip.outputStream);
}

/** A `SKILL.md` without a finding. */
export function skillMd(
  name: string,
  options: { description?: string; more?: string; body?: string } = {},
): string {
  const {
    description = 'Adds numbers, whenever a sum is asked for.',
    more = '',
    body = '# How\n\nAdd.\n',
  } = options;
  return `---\nname: ${name}\ndescription: ${description}\n${more}---\n${body}`;
}
