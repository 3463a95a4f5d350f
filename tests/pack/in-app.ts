import { findFreePort } from '../../scripts/app/free-port';
import { StrapiClient, type Credentials } from '../../scripts/app/strapi-client';
import { startStrapi } from '../../scripts/app/strapi-process';

/** An app that runs, with an administrator's token and an agent's. */
export interface Session {
  client: StrapiClient;
  adminToken: string;
  token: string;
}

const credentials: Credentials = { email: 'kim@example.com', password: 'Administrator-1' };

/** Starts the app, works with it and stops it. What it printed is shown when the work fails. */
export async function inApp(
  { app, env }: { app: string; env: Record<string, string> },
  work: (session: Session) => Promise<void>,
): Promise<void> {
  const strapi = await startStrapi({ appDir: app, port: await findFreePort(), env });
  try {
    const client = new StrapiClient(strapi.url);
    const adminToken = (await client.isFresh())
      ? await client.registerAdministrator(credentials)
      : await client.logIn(credentials);
    const token = await client.createApiToken(adminToken, `consumer ${Date.now()}`);
    await work({ client, adminToken, token });
  } catch (error) {
    console.error(strapi.output());
    throw error;
  } finally {
    await strapi.stop();
  }
}
