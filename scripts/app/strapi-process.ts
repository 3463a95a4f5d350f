import { spawn } from 'node:child_process';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

export interface StrapiProcess {
  /** Without a trailing slash. */
  readonly url: string;
  readonly pid: number;
  /** Resolves with the exit code when the server has ended, however it did. */
  readonly exited: Promise<number>;
  /** Everything that the server printed so far; empty when its output was inherited. */
  output(): string;
  /** Asks it to shut down, and resolves when it has; it is killed when it takes longer than `graceMs` (10,000). */
  stop(graceMs?: number): Promise<void>;
}

export interface StrapiProcessOptions {
  appDir: string;
  host?: string;
  port: number;
  env?: Record<string, string>;
  /** Lets the server print to this process's terminal instead of collecting what it says. */
  inheritOutput?: boolean;
  /** How long the boot may take, in ms; 120,000 when absent. */
  timeoutMs?: number;
  /** Shuts the server down when it is aborted, be it booting or listening. */
  signal?: AbortSignal;
}

/** How a person or a program on this machine reaches a server that listens on `host`. */
export function urlOf(host: string, port: number): string {
  const everywhere = host === '0.0.0.0' || host === '::';
  const name = everywhere ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}`;
}

async function isUp(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/_health`)).status === 204;
  } catch {
    return false;
  }
}

/** Starts `strapi start` in `appDir` and resolves when it answers; rejects with what it printed when it ends before. */
export async function startStrapi(options: StrapiProcessOptions): Promise<StrapiProcess> {
  const { appDir, host = '127.0.0.1', port, inheritOutput = false, timeoutMs = 120_000 } = options;
  const manifest = require.resolve('@strapi/strapi/package.json', { paths: [appDir] });
  const command = path.join(path.dirname(manifest), 'bin/strapi.js');
  const child = spawn(process.execPath, [command, 'start'], {
    cwd: appDir,
    env: {
      ...process.env,
      NODE_ENV: 'production',
      STRAPI_TELEMETRY_DISABLED: 'true',
      ...options.env,
      HOST: host,
      PORT: String(port),
    },
    stdio: ['ignore', inheritOutput ? 'inherit' : 'pipe', inheritOutput ? 'inherit' : 'pipe'],
  });
  options.signal?.addEventListener('abort', () => child.kill('SIGTERM'));
  let printed = '';
  const collect = (chunk: Buffer): void => void (printed += chunk.toString());
  child.stdout?.on('data', collect);
  child.stderr?.on('data', collect);
  let ended = false;
  const exited = new Promise<number>((resolve) =>
    child.once('exit', (code) => {
      ended = true;
      resolve(code ?? 1);
    }),
  );

  const url = urlOf(host, port);
  const stop = async (graceMs = 10_000): Promise<void> => {
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
    await exited;
    clearTimeout(timer);
  };

  const deadline = Date.now() + timeoutMs;
  while (!(await isUp(url))) {
    if (ended) throw new Error(`${printed}\nStrapi in ${path.basename(appDir)} ended before it listened.`);
    if (Date.now() > deadline) {
      await stop();
      throw new Error(`${printed}\nStrapi did not answer at ${url} within ${timeoutMs / 1000} s.`);
    }
    await delay(100);
  }
  if (child.pid === undefined) throw new Error('Strapi answered without a process.');
  return { url, pid: child.pid, exited, output: () => printed, stop };
}
