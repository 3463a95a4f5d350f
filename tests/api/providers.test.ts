import path from 'node:path';
import type { InstalledProvider } from 'strapi-plugin-skills-shared/contracts';
import {
  adapterManifest,
  adapterSource,
  makeAppWithAdapters,
  writePackage,
  type AppWithAdapters,
} from '../support/adapter-packages';
import type { Caller } from '../support/callers';
import { bootStrapi, type BootedStrapi } from '../support/strapi';

// @any-database: What is installed passes through rows that other tests try on every database.
// @own-process: Strapi reads once a process what its app depends on.

const adapter = (source: string, manifest: Record<string, unknown> = adapterManifest) => ({
  manifest,
  files: { 'index.js': source },
});

const listSchema = schemaOf('{ type: "array" }');
const nestedSchema = schemaOf(
  '{ type: "object", properties: { login: { type: "object", properties: { password: { type: "string", secret: true } } } } }',
);

describe('providers', () => {
  let files: AppWithAdapters;
  let app: BootedStrapi;
  let ada: Caller;
  const installed = new Map<string, InstalledProvider>();

  beforeAll(async () => {
    files = makeAppWithAdapters();
    const packages = {
      'adapter-good': adapter(
        adapterSource('good', `{ icon: 'data:image/svg+xml,<svg/>', description: 'Does.' }`),
      ),
      '@scope/adapter-icon': adapter(adapterSource('icon', `{ icon: 'https://example.com/spy.svg' }`)),
      'adapter-broken': adapter('throw new Error("Its own fault")'),
      'adapter-empty': adapter(''),
      'adapter-other': adapter('module.exports = { hello: 1 };'),
      'adapter-new': adapter(adapterSource('new', '{ specificationVersion: 2 }')),
      'adapter-twin': adapter(adapterSource('good')),
      'adapter-disabled': adapter('throw new Error("must not be loaded")'),
      'adapter-closed': adapter(adapterSource('closed'), { ...adapterManifest, exports: './index.js' }),
      'adapter-id': adapter(adapterSource('Not Kebab')),
      'adapter-capability': adapter(adapterSource('capability', '{ capabilities: { chat: {} } }')),
      'adapter-schema': adapter(adapterSource('schema', '{ settingsSchema: {} }')),
      'adapter-list': adapter(adapterSource('list', listSchema)),
      'adapter-nested': adapter(adapterSource('nested', nestedSchema)),
      'plain-package': { files: { 'index.js': 'throw new Error("must not be loaded")' } },
    };
    for (const [name, one] of Object.entries(packages)) files.install(name, one);
    writePackage(path.join(files.dir, 'local', 'mine'), 'not-a-dependency', adapter(adapterSource('mine')));
    files.dependOn([...Object.keys(packages), 'not-installed']);
    const providers = {
      'adapter-disabled': { enabled: false },
      'not-a-dependency': { resolve: './local/mine' },
      'nowhere-to-be-found': {},
      'plain-package': {},
    };
    app = await bootStrapi({ dir: files.dir, config: { providers } });
    ada = await app.admin(['providers.read']);
    const listed = await ada.agent.get('/skills/providers').expect(200);
    for (const row of listed.body.data as InstalledProvider[]) installed.set(row.package, row);
  });
  afterAll(async () => {
    await app?.destroy();
    files?.remove();
  });

  it('are found among the dependencies without a word of configuration, with what they can do', () => {
    expect(installed.get('adapter-good')).toEqual({
      package: 'adapter-good',
      packageVersion: '1.2.3',
      state: 'loaded',
      rejection: null,
      specificationVersion: 1,
      id: 'good',
      displayName: 'The good',
      description: 'Does.',
      icon: 'data:image/svg+xml,<svg/>',
      capabilities: [
        {
          id: 'chat',
          known: true,
          features: [
            { id: 'skills', known: true },
            { id: 'vision', known: false },
          ],
        },
        { id: 'telepathy', known: false, features: [] },
      ],
      settingsSchema: { type: 'object', properties: expect.objectContaining({ baseUrl: expect.anything() }) },
    });
  });

  it('are loaded from a folder that the configuration names', () => {
    expect(installed.get('not-a-dependency')).toMatchObject({ state: 'loaded', id: 'mine' });
  });

  it('are shown without an icon that would be fetched from elsewhere', () => {
    expect(installed.get('@scope/adapter-icon')).toMatchObject({ state: 'loaded', icon: null });
  });

  it.each([
    ['adapter-broken', 'load-failed', 'It could not be loaded: Its own fault'],
    ['adapter-empty', 'no-provider', /exports neither/],
    ['adapter-other', 'no-provider', /no definition/],
    ['adapter-new', 'wrong-specification-version', /speaks version 2.*speaks version 1/],
    ['adapter-twin', 'duplicate-id', /The package adapter-good offers/],
    ['adapter-disabled', 'disabled', /disabled in the configuration/],
    ['adapter-closed', 'no-manifest', /package\.json/],
    ['adapter-id', 'invalid-definition', /'id': is not kebab-case/],
    ['adapter-capability', 'invalid-definition', /'capabilities\.chat\.create': is no function/],
    ['adapter-schema', 'invalid-definition', /'settingsSchema': does not speak Standard Schema/],
    ['adapter-list', 'invalid-definition', /does not describe an object/],
    ['adapter-nested', 'invalid-definition', /marks something within 'login' as secret/],
    ['nowhere-to-be-found', 'no-manifest', /no readable package\.json/],
    ['plain-package', 'no-provider', /"kind": "skills-provider"/],
  ])('say why %s is not used: %s', (name, code, message) => {
    const { state, rejection } = installed.get(name) ?? {};
    expect(state).toBe(code === 'disabled' ? 'disabled' : 'rejected');
    expect(rejection).toEqual({
      code,
      message: typeof message === 'string' ? message : expect.stringMatching(message),
    });
  });

  it('leave other packages alone', () => {
    expect(installed.has('not-installed')).toBe(false);
    expect([...installed.keys()]).toEqual([...installed.keys()].sort());
  });

  it('are read by id; of a rejected one the reason is told', async () => {
    const one = await ada.agent.get('/skills/providers/good').expect(200);
    expect(one.body.data).toEqual(installed.get('adapter-good'));
    const rejected = await ada.agent.get('/skills/providers/new').expect(404);
    expect(rejected.body.error).toMatchObject({
      message: expect.stringMatching(/adapter-new.*version 2/),
      details: { code: 'provider-not-found' },
    });
    await ada.agent.get('/skills/providers/unheard-of').expect(404);
  });

  it('are closed to those without the permission', async () => {
    const other = await app.admin(['skills.read']);
    await other.agent.get('/skills/providers').expect(403);
    await other.agent.get('/skills/providers/good').expect(403);
    await app.anonymous.get('/skills/providers').expect(401);
  });
});

function schemaOf(json: string): string {
  return `{ settingsSchema: { '~standard': { version: 1, vendor: 'hand', validate: (value) => ({ value }), jsonSchema: { input: () => (${json}) } } } }`;
}
