import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Core } from '@strapi/types';
import { createConnection, testProviders } from '../support/connections';
import { bootStrapi, createTestDatabase, type BootedStrapi, type BootOptions } from '../support/strapi';

// @own-process: Strapi keeps what an earlier boot of the process has registered.

jest.setTimeout(120_000);

type Rows = Record<string, unknown[]>;

/** Written anew at every boot. */
const LOCK_TABLE = 'skills_migrations_lock';

/** Every row of every table of the plugin, those of its content types included, whatever their order. */
async function rowsOf({ db }: Core.Strapi): Promise<Rows> {
  const tables = await db.dialect.schemaInspector.getTables();
  const rows: Rows = {};
  for (const table of tables.filter((name) => name.startsWith('skills_') && name !== LOCK_TABLE).sort()) {
    const stored: object[] = await db.connection(table).select('*');
    rows[table] = stored.map((row) => JSON.stringify(row)).sort();
  }
  return rows;
}

/** The test app without its content types: Strapi does not boot with one that relates to a plugin which is disabled. */
function makeBareApp(): string {
  const app = path.join(__dirname, '..', 'support', 'app');
  const dir = mkdtempSync(path.join(tmpdir(), 'skills-bare-app-'));
  mkdirSync(path.join(dir, 'src'));
  for (const shared of [
    'package.json',
    'options.js',
    'config',
    'database',
    'public',
    'src/index.js',
    'src/plugins',
  ]) {
    symlinkSync(path.join(app, shared), path.join(dir, shared));
  }
  return dir;
}

describe('a boot with the plugin disabled', () => {
  it('loses nothing that the plugin has stored', async () => {
    const database = await createTestDatabase();
    const dir = makeBareApp();
    const during = async <Result>(options: BootOptions, work: (app: BootedStrapi) => Promise<Result>) => {
      const app = await bootStrapi({ ...options, dir, database });
      try {
        return await work(app);
      } finally {
        await app.destroy();
      }
    };
    try {
      const config = { providers: testProviders };
      const before = await during({ config }, async (app) => {
        const { agent } = await app.admin();
        for (const name of ['Brand writer', 'Invoice reader']) {
          await agent
            .post('/skills/skills')
            .send({ name, description: `What the ${name} does.` })
            .expect(201);
        }
        const settings = { apiKey: 'kept', baseUrl: 'https://api.example.com' };
        await createConnection(app.strapi, { name: 'Kept', settings });
        return rowsOf(app.strapi);
      });
      expect(before.skills_connections).toHaveLength(1);
      expect(before.skills_skills).toHaveLength(2);
      expect(before.skills_blob_chunks).toHaveLength(2);

      const whileDisabled = await during({ enabled: false }, async (app) => {
        const { agent } = await app.admin();
        await agent.get('/skills/skills').expect(404);
        return rowsOf(app.strapi);
      });
      expect(whileDisabled).toEqual(before);

      await during({ config }, async (app) => {
        expect(await rowsOf(app.strapi)).toEqual(before);
        const { agent } = await app.admin();
        const listed = await agent.get('/skills/skills?sort=name:asc').expect(200);
        expect(listed.body.data.map(({ alias }: { alias: string }) => alias)).toEqual([
          'brand-writer',
          'invoice-reader',
        ]);
        const connection = await agent.get('/skills/connections/kept').expect(200);
        expect(connection.body.data).toMatchObject({
          settings: { baseUrl: 'https://api.example.com' },
          secrets: { apiKey: { source: 'stored' } },
        });
        const file = await agent.get('/skills/skills/brand-writer/files/SKILL.md').expect(200);
        expect(String(file.text ?? file.body)).toContain('What the Brand writer does.');
      });
    } finally {
      await database.drop();
      rmSync(dir, { recursive: true, force: true });
    }
  });
});
