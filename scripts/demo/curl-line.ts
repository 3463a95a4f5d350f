import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { DemoFacts } from './access';

interface Sample {
  alias: string;
  input: unknown;
}

/** A sample that needs no uploaded file, with the input that it brings along. */
function findSample(samples: string): Sample {
  for (const alias of readdirSync(samples).sort()) {
    const input = path.join(samples, alias, 'tests/sample_input.json');
    const needsFile = /type:\s*file/.test(readFileSync(path.join(samples, alias, 'SKILL.md'), 'utf8'));
    if (existsSync(input) && !needsFile) return { alias, input: JSON.parse(readFileSync(input, 'utf8')) };
  }
  throw new Error('No sample skill has a tests/sample_input.json.');
}

const shellQuoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** One line for a POSIX shell that runs a sample over the content API and prints its events as they happen. */
export function curlLine(facts: DemoFacts, samples: string): string {
  const { alias, input } = findSample(samples);
  return [
    'curl --no-buffer',
    `-H ${shellQuoted(`Authorization: Bearer ${facts.token}`)}`,
    `-H 'Content-Type: application/json' -H 'Accept: text/event-stream'`,
    `-d ${shellQuoted(JSON.stringify({ input }))}`,
    `${facts.url}/api/skills/${alias}/runs`,
  ].join(' ');
}
