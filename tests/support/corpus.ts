import { existsSync } from 'node:fs';
import path from 'node:path';

/** Real bundles, which are not part of the repository: beside it where it is developed. */
const corpus = path.resolve(__dirname, '../../../shared/data/skills-corpus');

/** The folder of real bundles; undefined, with a line that says so, where there is none. */
export function findCorpus(): string | undefined {
  if (existsSync(corpus)) return corpus;
  process.stderr.write(
    'The corpus of real skills is not here (../shared/data/skills-corpus): its tests see no bundle.\n',
  );
  return undefined;
}
