import { randomBytes } from 'node:crypto';
import { StrapiClientError, type Credentials, type StrapiClient } from '../app/strapi-client';

/** What `playground/.demo.json` holds: how to get in by the panel, and by the content API. */
export interface DemoFacts extends Credentials {
  url: string;
  token: string;
}

const email = 'demo@example.com';
const tokenName = 'Demo agent';

/** Strapi asks for upper and lower case and a digit; the rest is chance. */
const newPassword = (): string => `Demo1-${randomBytes(12).toString('base64url')}`;

async function logInOrRegister(
  client: StrapiClient,
  known: Partial<DemoFacts>,
): Promise<{ credentials: Credentials; adminToken: string }> {
  const credentials = { email: known.email ?? email, password: known.password ?? newPassword() };
  if (await client.isFresh())
    return { credentials, adminToken: await client.registerAdministrator(credentials) };
  try {
    return { credentials, adminToken: await client.logIn(credentials) };
  } catch (error) {
    if (!(error instanceof StrapiClientError) || error.status !== 400) throw error;
    throw new Error(
      'The demo administrator cannot log in with the password in playground/.demo.json. Put it right there, or delete ' +
        'playground/.tmp to begin anew.',
    );
  }
}

async function tokenWorks(client: StrapiClient, token: string | undefined): Promise<boolean> {
  if (token === undefined) return false;
  try {
    await client.request('/api/skills', { token });
    return true;
  } catch (error) {
    if (error instanceof StrapiClientError && (error.status === 401 || error.status === 403)) return false;
    throw error;
  }
}

interface StoredToken {
  id: number;
  name: string;
}

async function replaceToken(client: StrapiClient, adminToken: string): Promise<string> {
  const { data } = await client.request<{ data: StoredToken[] }>('/admin/api-tokens', { token: adminToken });
  for (const { id } of data.filter(({ name }) => name === tokenName)) {
    await client.request(`/admin/api-tokens/${id}`, { method: 'DELETE', token: adminToken });
  }
  return client.createApiToken(adminToken, tokenName);
}

/** Makes sure that there is an administrator and a content-API token, keeping those of an earlier start while they work. */
export async function setUpAccess(
  client: StrapiClient,
  known: Partial<DemoFacts>,
): Promise<{ facts: DemoFacts; adminToken: string }> {
  const { credentials, adminToken } = await logInOrRegister(client, known);
  const works = await tokenWorks(client, known.token);
  const token = works && known.token !== undefined ? known.token : await replaceToken(client, adminToken);
  return { facts: { url: client.url, ...credentials, token }, adminToken };
}
