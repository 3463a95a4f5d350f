import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** Ends a script with a sentence instead of a stack: what was foreseen, and what to do about it. */
export class ScriptError extends Error {}

const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`;

/** Tells that `title` began, that it still goes on (every 15 s), and how long it took. */
export async function step(title, work) {
  const began = Date.now();
  console.log(`• ${title} …`);
  const reminder = setInterval(() => console.log(`  … still at it after ${seconds(began)}`), 15_000);
  try {
    const result = await work();
    console.log(`  done in ${seconds(began)}`);
    return result;
  } finally {
    clearInterval(reminder);
  }
}

/** Runs a command quietly; when it fails, the end of what it printed is the error. */
export function runQuietly(command, parameters, { cwd = root, env = {} } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, parameters, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    });
    let output = '';
    const collect = (chunk) => (output = (output + chunk).slice(-20_000));
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', (error) =>
      reject(new ScriptError(`${command} could not be started: ${error.message}`)),
    );
    child.on('close', (code, signal) => {
      if (code === 0) return resolve(output);
      const tail = output.trimEnd().split('\n').slice(-40).join('\n');
      reject(
        new ScriptError(
          `${tail}\n\n"${command} ${parameters.join(' ')}" failed (${signal ?? `exit code ${code}`}).`,
        ),
      );
    });
  });
}

/** Runs a command in the foreground, answering its exit code. */
export function runLoudly(command, parameters, { cwd = root, env = {} } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, parameters, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'inherit', 'inherit'],
      shell: process.platform === 'win32',
    });
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
}

/** Runs a script's `main`: a foreseen failure is its sentence, any other its stack; both end non-zero. */
export function runScript(main) {
  main().catch((error) => {
    console.error(`\n${error instanceof ScriptError ? error.message : error.stack}`);
    process.exit(1);
  });
}
