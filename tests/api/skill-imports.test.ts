import { existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import type { ImportResult, Skill } from 'strapi-plugin-skills-shared/contracts';
import { binary } from '../support/binary';
import type { Caller } from '../support/callers';
import { bootStrapi, type BootedStrapi } from '../support/strapi';
import { skillMd, zipOf } from '../support/zip';

describe('importing', () => {
  let app: BootedStrapi;
  let ada: Caller;

  beforeAll(async () => {
    app = await bootStrapi({ config: { bundle: { maxBytes: 100_000, maxFileBytes: 100_000 } } });
    ada = await app.admin();
  });
  afterAll(() => app?.destroy());

  async function importZip(
    files: Record<string, string | Buffer>,
    { by = ada, name = 'upload.zip', conflict }: { by?: Caller; name?: string; conflict?: string } = {},
  ): Promise<ImportResult[]> {
    const request = by.agent.post('/skills/imports');
    if (conflict) void request.field('conflict', conflict);
    const response = await request.attach('file', await zipOf(files), name).expect(200);
    return response.body.data;
  }

  const skillOf = async (id: string | null | undefined): Promise<Skill> =>
    (await ada.agent.get(`/skills/skills/${id}`).expect(200)).body.data;

  it('takes a zip with its files under one folder, and keeps its warnings', async () => {
    const [result] = await importZip({
      'add-numbers/SKILL.md': skillMd('Add Numbers', { more: 'tags: [math, Sums]\n' }),
      'add-numbers/scripts/add.py': 'print(1)\n',
    });
    expect(result).toMatchObject({ outcome: 'created', alias: 'add-numbers', versionNumber: 1, error: null });
    expect(result?.findings.map(({ severity }) => severity)).toContain('warning');
    expect(await skillOf(result?.skillId)).toMatchObject({
      alias: 'add-numbers',
      name: 'Add Numbers',
      tags: ['math', 'Sums'],
      usable: true,
      owner: { id: ada.documentId },
    });
    const files = await ada.agent.get(`/skills/skills/${result?.skillId}/files`).expect(200);
    expect(files.body.data).toMatchObject({ findings: result?.findings, fileCount: 2 });
  });

  it('takes a zip with its files at the root, named by its frontmatter', async () => {
    const [result] = await importZip({ 'SKILL.md': skillMd('at-root') });
    expect(result).toMatchObject({ outcome: 'created', alias: 'at-root', findings: [] });
  });

  it('takes a folder as it was dropped: a tree of several skills, each with many files', async () => {
    const files: Record<string, string> = {};
    for (const name of ['one', 'two']) {
      files[`tree/${name}/SKILL.md`] = skillMd(name);
      for (let index = 0; index < 60; index += 1)
        files[`tree/${name}/data/a&b=${index}+[é].txt`] = `${name} ${index}`;
    }
    const request = ada.agent.post('/skills/imports').field('paths', JSON.stringify(Object.keys(files)));
    Object.values(files).forEach((content, index) => {
      void request.attach('files', Buffer.from(content), String(index));
    });
    const results: ImportResult[] = (await request.expect(200)).body.data;
    expect(results.map(({ alias, outcome, error }) => [alias, outcome, error])).toEqual([
      ['one', 'created', null],
      ['two', 'created', null],
    ]);
    const path = encodeURIComponent('a&b=7+[é].txt');
    const file = await ada.agent.get(`/skills/skills/two/files/data/${path}`).expect(200);
    expect(file.text).toBe('two 7');
  });

  it('takes files that are named by their paths', async () => {
    const response = await ada.agent
      .post('/skills/imports')
      .attach('files', Buffer.from('x'), { filename: 'by-path/notes/a.txt' })
      .attach('files', Buffer.from(skillMd('by-path')), { filename: 'by-path/SKILL.md' })
      .expect(200);
    expect(response.body.data).toEqual([expect.objectContaining({ alias: 'by-path', outcome: 'created' })]);
  });

  it('refuses a folder whose paths are not as many as its files', async () => {
    const response = await ada.agent
      .post('/skills/imports')
      .field('paths', JSON.stringify(['a/SKILL.md', 'a/b.txt']))
      .attach('files', Buffer.from('x'), 'SKILL.md')
      .expect(400);
    expect(response.body.error.details.code).toBe('paths-mismatch');
  });

  it('writes nothing when the digest is the same, whatever was chosen', async () => {
    const files = { 'SKILL.md': skillMd('same') };
    const [first] = await importZip(files);
    const before = await skillOf(first?.skillId);
    for (const conflict of ['ask', 'new-version', 'new-skill', 'skip']) {
      const [again] = await importZip(files, { conflict });
      expect(again).toMatchObject({ outcome: 'unchanged', skillId: first?.skillId, versionNumber: 1 });
    }
    expect(await skillOf(first?.skillId)).toEqual(before);
  });

  it('asks, adds a version, makes a new skill or skips when the alias exists', async () => {
    const [first] = await importZip({ 'SKILL.md': skillMd('exists') });
    const changed = { 'SKILL.md': skillMd('exists', { body: 'Other.\n' }) };

    const [asked] = await importZip(changed);
    expect(asked).toMatchObject({ outcome: 'conflict', skillId: first?.skillId, versionNumber: 1 });
    const [skipped] = await importZip(changed, { conflict: 'skip' });
    expect(skipped).toMatchObject({ outcome: 'skipped' });
    expect((await skillOf(first?.skillId)).currentVersion.number).toBe(1);

    const [version] = await importZip(changed, { conflict: 'new-version' });
    expect(version).toMatchObject({ outcome: 'new-version', skillId: first?.skillId, versionNumber: 2 });
    expect((await skillOf(first?.skillId)).currentVersion.number).toBe(2);

    const third = { 'SKILL.md': skillMd('exists', { body: 'Third.\n' }) };
    const [fresh] = await importZip(third, { conflict: 'new-skill' });
    expect(fresh).toMatchObject({ outcome: 'created', alias: 'exists-2', versionNumber: 1 });
    expect(fresh?.skillId).not.toBe(first?.skillId);
  });

  it('refuses a conflict choice that there is not', async () => {
    const response = await ada.agent
      .post('/skills/imports')
      .field('conflict', 'overwrite')
      .attach('file', await zipOf({ 'SKILL.md': skillMd('x') }), 'x.zip')
      .expect(400);
    expect(response.body.error.details).toMatchObject({ code: 'invalid-input', path: ['conflict'] });
  });

  it('refuses errors in a bundle with its findings, and stores nothing', async () => {
    const [result] = await importZip({ 'broken/SKILL.md': '---\nname: broken\n---\n' });
    expect(result).toMatchObject({
      outcome: 'refused',
      skillId: null,
      error: { code: 'description-missing' },
    });
    expect(result?.findings).toContainEqual(expect.objectContaining({ severity: 'error' }));
    await ada.agent.get('/skills/skills/broken').expect(404);
  });

  it('tells why an archive is refused, with the path', async () => {
    const response = await ada.agent
      .post('/skills/imports')
      .attach('file', Buffer.from('PK no archive'), 'broken.zip')
      .expect(200);
    expect(response.body.data).toEqual([
      expect.objectContaining({ source: 'broken.zip', outcome: 'refused' }),
    ]);
    const [collision] = await importZip({ 'a/SKILL.md': skillMd('a'), 'a/Read.me': '1', 'a/read.ME': '2' });
    expect(collision).toMatchObject({
      outcome: 'refused',
      error: { code: 'path-collision', path: 'a/read.ME' },
    });
  });

  it('refuses more bytes than are allowed, before and after unpacking', async () => {
    const [bomb] = await importZip({ 'SKILL.md': skillMd('bomb'), 'zeros.bin': Buffer.alloc(200_000) });
    expect(bomb).toMatchObject({ outcome: 'refused', error: { path: 'zeros.bin' } });
    const large = await ada.agent
      .post('/skills/imports')
      .attach('file', Buffer.alloc(3 * 1024 * 1024), 'large.zip')
      .expect(413);
    expect(large.body.error.details.code).toBe('upload-too-large');
  });

  it('asks for a file', async () => {
    const response = await ada.agent.post('/skills/imports').field('conflict', 'ask').expect(400);
    expect(response.body.error.details.code).toBe('upload-missing');
  });

  it('is forbidden without the permission, and adds no versions without that one', async () => {
    await importZip({ 'SKILL.md': skillMd('guarded') });
    const reader = await app.admin(['skills.read']);
    await reader.agent.post('/skills/imports').attach('file', Buffer.from('x'), 'x.zip').expect(403);
    const creator = await app.admin(['skills.read', 'skills.create']);
    const [result] = await importZip(
      { 'SKILL.md': skillMd('guarded', { body: 'Changed.\n' }) },
      { by: creator, conflict: 'new-version' },
    );
    expect(result).toMatchObject({ outcome: 'refused', error: { code: 'update-forbidden' } });
  });

  it("does not touch another's private skill of the same alias", async () => {
    const [mine] = await importZip({ 'SKILL.md': skillMd('hidden') });
    const before = await skillOf(mine?.skillId);
    await ada.agent
      .patch(`/skills/skills/${mine?.skillId}`)
      .send({ revision: before.revision, visibility: 'user' })
      .expect(200);
    const other = await app.admin(['skills.read', 'skills.create', 'skills.update']);
    const [result] = await importZip(
      { 'SKILL.md': skillMd('hidden', { body: 'Theirs.\n' }) },
      { by: other, conflict: 'new-version' },
    );
    expect(result).toMatchObject({ outcome: 'created', alias: 'hidden-2' });
    expect((await skillOf(mine?.skillId)).currentVersion.number).toBe(1);
  });

  it('gives the same digest when its own export is imported again', async () => {
    const [first] = await importZip({
      'SKILL.md': skillMd('round-trip'),
      'data/ä.bin': Buffer.from([0, 255]),
    });
    const version = (await ada.agent.get(`/skills/skills/${first?.skillId}/files`).expect(200)).body.data;
    for (const format of ['zip', 'tar.gz']) {
      const archive = await ada.agent
        .get(`/skills/versions/${version.id}/archive`)
        .query({ format })
        .buffer(true)
        .parse(binary)
        .expect(200);
      const again = await ada.agent
        .post('/skills/imports')
        .attach('file', archive.body, `round-trip.${format}`)
        .expect(200);
      expect(again.body.data).toEqual([
        expect.objectContaining({ outcome: 'unchanged', skillId: first?.skillId }),
      ]);
    }
  });

  it('leaves no temporary files', async () => {
    const files = () => readdirSync(tmpdir()).filter((name) => /^[a-z0-9]{25}$/.test(name));
    const before = new Set(files());
    await importZip({ 'SKILL.md': skillMd('tidy') });
    await ada.agent.post('/skills/imports').attach('other', Buffer.from('x'), 'x.zip').expect(400);
    const left = files().filter((name) => !before.has(name));
    expect(left.filter((name) => existsSync(`${tmpdir()}/${name}`))).toEqual([]);
  });
});
