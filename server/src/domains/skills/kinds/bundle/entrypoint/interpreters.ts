import { posix } from 'node:path';

/** Which program runs a script, by the script's extension. Whether the sandbox has it is the sandbox's to say. */
const programs: Readonly<Record<string, string>> = {
  '.py': 'python3',
  '.sh': 'bash',
  '.bash': 'bash',
  '.js': 'node',
  '.mjs': 'node',
  '.cjs': 'node',
  '.rb': 'ruby',
  '.pl': 'perl',
  '.php': 'php',
};

/** The extensions of scripts that can be entrypoints, for messages. */
export const scriptExtensions = Object.keys(programs);

/** Undefined for an extension that names no interpreter. */
export function interpreterOf(path: string): string | undefined {
  return programs[posix.extname(path).toLowerCase()];
}
