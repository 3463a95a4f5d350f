import { readFileSync } from 'node:fs';
import path from 'node:path';
import { filesUnder } from '../../scripts/app/strapi-client';
import { writeArchive } from '../../server/src/domains/skills/kinds/bundle';

const fixtures = path.join(__dirname, 'fixtures');

/** A fixture's folder as a zip, as somebody would have it on their disk. */
export async function zipOf(name: string): Promise<{ name: string; mimeType: string; buffer: Buffer }> {
  const folder = path.join(fixtures, name);
  const files = filesUnder(folder).map((file) => ({
    path: file,
    executable: false,
    content: () => Promise.resolve(readFileSync(path.join(folder, file))),
  }));
  const chunks = await writeArchive('zip', { folder: name, files }).toArray();
  return { name: `${name}.zip`, mimeType: 'application/zip', buffer: Buffer.concat(chunks as Buffer[]) };
}
