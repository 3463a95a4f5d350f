import type { Credentials } from '../../scripts/app/strapi-client';
import type { Playground } from './playground';

/** Adds a person whose role holds these actions of the plugin (`skills.read`) and nothing else. */
export async function addPerson(
  { client, adminToken }: Playground,
  name: string,
  actions: readonly string[],
): Promise<Credentials> {
  const send = <Body>(method: string, route: string, json: unknown) =>
    client.request<{ data: Body }>(`/admin${route}`, { method, token: adminToken, json });
  const credentials = { email: `${name}@example.com`, password: 'Colleague-1' };
  const { data: role } = await send<{ id: number }>('POST', '/roles', {
    name,
    description: 'Made by a test.',
  });
  const permissions = actions.map((action) => ({
    action: `plugin::skills.${action}`,
    subject: null,
    conditions: [],
    properties: {},
  }));
  await send('PUT', `/roles/${role.id}/permissions`, { permissions });
  const { data: invited } = await send<{ registrationToken: string }>('POST', '/users', {
    email: credentials.email,
    firstname: name,
    lastname: 'Colleague',
    roles: [role.id],
  });
  await send('POST', '/register', {
    registrationToken: invited.registrationToken,
    userInfo: { firstname: name, lastname: 'Colleague', password: credentials.password },
  });
  return credentials;
}
