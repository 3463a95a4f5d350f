import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findFreePort } from '../../scripts/app/free-port';
import { StrapiClient, type Credentials } from '../../scripts/app/strapi-client';
import { startStrapi, type StrapiProcess } from '../../scripts/app/strapi-process';

const appDir = path.resolve(__dirname, '../../playground');

export const administrator: Credentials = { email: 'kim@example.com', password: 'Administrator-1' };

/** The built playground on a database of its own: what a test does there, no other test sees. */
export interface Playground {
  readonly url: string;
  readonly client: StrapiClient;
  readonly strapi: StrapiProcess;
  /** A log-in token of the administrator. */
  readonly adminToken: string;
  /** Stops the server, and starts it again where it was, on the same database. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export async function startPlayground(env: Record<string, string> = {}): Promise<Playground> {
  if (!existsSync(path.join(appDir, 'build/index.html'))) {
    throw new Error(
      'The panel is not built: run "node scripts/build.mjs shared adapters plugin panel" first.',
    );
  }
  const folder = mkdtempSync(path.join(tmpdir(), 'skills-e2e-'));
  const port = await findFreePort();
  const start = () =>
    startStrapi({
      appDir,
      port,
      env: {
        DATABASE_CLIENT: 'sqlite',
        DATABASE_FILENAME: path.join(folder, 'data.db'),
        STARTUP_MESSAGE: 'false',
        ...env,
      },
    });
  let strapi = await start();
  const restart = async (): Promise<void> => {
    await strapi.stop();
    strapi = await start();
  };
  const stop = async (): Promise<void> => {
    await strapi.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const client = new StrapiClient(strapi.url);
    const adminToken = await client.registerAdministrator(administrator);
    return {
      url: strapi.url,
      client,
      get strapi() {
        return strapi;
      },
      adminToken,
      restart,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
