import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { writeArchive } from '../../../server/src/domains/skills/kinds/bundle/archive/write-archive';

/** Prints this process's offset from UTC and the digest of one fixed zip: run in many time zones, all digests must be one. */
async function main(): Promise<void> {
  const files = ['SKILL.md', 'scripts/run.sh'].map((path) => ({
    path,
    executable: path.endsWith('.sh'),
    content: () => Promise.resolve(Buffer.from(path)),
  }));
  const zip = await buffer(writeArchive('zip', { folder: 'sums', files }));
  const digest = createHash('sha256').update(zip).digest('hex');
  process.stdout.write(JSON.stringify({ offset: new Date(1980, 0, 1).getTimezoneOffset(), digest }));
}

void main();
