import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { TestDatabase } from './strapi';

export interface ServerProcessOptions {
  database: TestDatabase;
  /** The plugin's configuration. */
  config: Record<string, unknown>;
  /** Gets a line with the run's id at each execution. */
  executions: string;
  /** Where the server keeps temporary files, sandboxes among them. */
  temporary: string;
}

export interface ServerProcess {
  url: string;
  /** Ends the process without a chance to tidy up, and resolves when it is gone. */
  kill(): Promise<void>;
  /** Asks it to end, and resolves with its exit code. */
  stop(): Promise<number | null>;
}

/** Starts a real server in a process of its own, on the test app. */
export async function startServerProcess(options: ServerProcessOptions): Promise<ServerProcess> {
  const folder = __dirname;
  const child = spawn(
    process.execPath,
    ['--require', path.join(folder, 'register-typescript.cjs'), path.join(folder, 'serve.ts')],
    {
      env: {
        ...process.env,
        NODE_ENV: 'test',
        TMPDIR: options.temporary,
        STRAPI_TELEMETRY_DISABLED: 'true',
        SKILLS_EXECUTIONS: options.executions,
        SKILLS_TEST_APP: JSON.stringify({
          database: options.database.connection,
          skills: options.config,
          enabled: true,
        }),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const url = await addressOf(child);
  const exited = once(child, 'exit') as Promise<[number | null]>;
  return {
    url,
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
    async stop() {
      child.kill('SIGTERM');
      const [code] = await exited;
      return code;
    },
  };
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const read = (chunk: Buffer): void => {
      text += chunk.toString();
      const url = /listening on (http:\S+)/.exec(text)?.[1];
      if (url) resolve(url);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', (code) =>
      reject(new Error(`The server ended with ${code} before it listened:\n${text}`)),
    );
  });
}
