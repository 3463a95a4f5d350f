import { spawnSync } from 'node:child_process';

export interface CommandOptions {
  cwd: string;
  env?: Record<string, string>;
}

/** Runs a command to its end and answers its standard output; when it fails, all that it printed is the error. */
export function runCommand(
  command: string,
  parameters: readonly string[],
  { cwd, env }: CommandOptions,
): string {
  const result = spawnSync(command, parameters, {
    cwd,
    env: { ...process.env, STRAPI_TELEMETRY_DISABLED: 'true', ...env },
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (result.error) throw result.error;
  if (result.status !== 0) {
    throw new Error(
      `"${command} ${parameters.join(' ')}" ended with exit code ${result.status}:\n${result.stdout}\n${result.stderr}`,
    );
  }
  return result.stdout;
}
