import type { Skill, VersionDetail } from 'strapi-plugin-skills-shared/contracts';
import type supertest from 'supertest';
import { binary } from '../support/binary';
import type { Caller } from '../support/callers';
import { bootStrapi, type BootedStrapi } from '../support/strapi';
import { skillMd, zipOf } from '../support/zip';

describe("a skill's content in the admin API", () => {
  let app: BootedStrapi;
  let ada: Caller;
  let reader: Caller;

  beforeAll(async () => {
    app = await bootStrapi({ config: { bundle: { maxFileBytes: 2_000, maxBytes: 10_000, maxFiles: 20 } } });
    ada = await app.admin();
    reader = await app.admin(['skills.read']);
  });
  afterAll(() => app?.destroy());

  let serial = 0;
  async function createSkill(): Promise<Skill> {
    serial += 1;
    const wanted = { alias: `skill-${serial}`, name: `skill-${serial}`, description: 'Adds numbers.' };
    return (await ada.agent.post('/skills/skills').send(wanted).expect(201)).body.data;
  }

  const current = async (id: string): Promise<VersionDetail> =>
    (await ada.agent.get(`/skills/skills/${id}/files`).expect(200)).body.data;

  const skillOf = async (id: string): Promise<Skill> =>
    (await ada.agent.get(`/skills/skills/${id}`).expect(200)).body.data;

  function put(
    id: string,
    path: string,
    content: string | Buffer,
    version: { id: string; revision: number },
    by = ada,
  ): supertest.Test {
    return by.agent
      .put(`/skills/skills/${id}/files/${path}`)
      .set('X-Version-Id', version.id)
      .set('X-Version-Revision', String(version.revision))
      .set('Content-Type', 'application/octet-stream')
      .send(Buffer.from(content));
  }

  describe('files', () => {
    it('are written, read back byte for byte, moved and removed', async () => {
      const skill = await createSkill();
      const path = 'scripts/größe 100%/run #1.py';
      const url = path.split('/').map(encodeURIComponent).join('/');
      const bytes = Buffer.from([0, 1, 2, 0xff, 0x0d, 0x0a]);
      const written = await put(skill.id, url, bytes, await current(skill.id)).expect(200);
      expect(written.body.data).toMatchObject({ id: skill.currentVersion.id, revision: 2, state: 'draft' });
      expect(written.body.data.files.map((file: { path: string }) => file.path)).toEqual(['SKILL.md', path]);
      const read = await reader.agent
        .get(`/skills/skills/${skill.id}/files/${url}`)
        .buffer(true)
        .parse(binary)
        .expect(200);
      expect(read.body).toEqual(bytes);

      const moved = await ada.agent
        .post(`/skills/skills/${skill.id}/file-moves`)
        .send({ versionId: skill.currentVersion.id, revision: 2, from: 'scripts', to: 'tools' })
        .expect(200);
      expect(moved.body.data.files[1].path).toBe('tools/größe 100%/run #1.py');

      const removed = await ada.agent
        .delete(`/skills/skills/${skill.id}/files/tools`)
        .set('X-Version-Id', skill.currentVersion.id)
        .set('X-Version-Revision', '3')
        .expect(200);
      expect(removed.body.data.files).toHaveLength(1);
    });

    it('takes an empty file', async () => {
      const skill = await createSkill();
      const written = await put(skill.id, 'empty.txt', '', await current(skill.id)).expect(200);
      expect(written.body.data.files).toContainEqual(expect.objectContaining({ path: 'empty.txt', size: 0 }));
    });

    it('refuses a stale revision with both, and keeps what is there', async () => {
      const skill = await createSkill();
      const version = await current(skill.id);
      await put(skill.id, 'a.txt', 'first', version).expect(200);
      const stale = await put(skill.id, 'a.txt', 'second', version).expect(409);
      expect(stale.body.error.details).toMatchObject({ code: 'stale-revision', expected: 1, actual: 2 });
      const read = await ada.agent.get(`/skills/skills/${skill.id}/files/a.txt`).expect(200);
      expect(read.text).toBe('first');
    });

    it('refuses what is no edit, what leads elsewhere and what is too large', async () => {
      const skill = await createSkill();
      const version = await current(skill.id);
      const noHeaders = await ada.agent.put(`/skills/skills/${skill.id}/files/a.txt`).send('x').expect(400);
      expect(noHeaders.body.error.details).toMatchObject({ code: 'invalid-input', path: ['x-version-id'] });
      const json = await ada.agent
        .put(`/skills/skills/${skill.id}/files/a.json`)
        .set({ 'X-Version-Id': version.id, 'X-Version-Revision': '1' })
        .send({ a: 1 })
        .expect(400);
      expect(json.body.error.details.code).toBe('octet-stream-expected');
      const outside = await put(skill.id, '..%2F..%2Fetc%2Fpasswd', 'x', version).expect(400);
      expect(outside.body.error.details.code).toBe('path-traversal');
      const large = await put(skill.id, 'large.bin', Buffer.alloc(2_001), version).expect(413);
      expect(large.body.error.details).toMatchObject({ code: 'body-too-large', limit: 2_000 });
      expect(await current(skill.id)).toEqual(version);
    });

    it('refuses to edit a version that is not the current one', async () => {
      const [skill, other] = [await createSkill(), await createSkill()];
      const response = await put(skill.id, 'a.txt', 'x', await current(other.id)).expect(409);
      expect(response.body.error.details.code).toBe('stale-version');
    });

    it('are read by those who may read, and changed by those who may change', async () => {
      const skill = await createSkill();
      const version = await current(skill.id);
      await reader.agent.get(`/skills/skills/${skill.id}/files/SKILL.md`).expect(200);
      await put(skill.id, 'a.txt', 'x', version, reader).expect(403);
      const missing = await reader.agent.get(`/skills/skills/${skill.id}/files/none.txt`).expect(404);
      expect(missing.body.error.details.code).toBe('file-not-found');
    });

    it('never run in a browser: markup is saved, and everything is sandboxed', async () => {
      const skill = await createSkill();
      let version = await current(skill.id);
      for (const path of ['page.html', 'image.svg', 'feed.xml', 'note.txt']) {
        version = (await put(skill.id, path, '<script>alert(1)</script>', version).expect(200)).body.data;
      }
      for (const [path, disposition] of [
        ['page.html', 'attachment; filename="page.html"'],
        ['image.svg', 'attachment; filename="image.svg"'],
        ['feed.xml', 'attachment; filename="feed.xml"'],
        ['note.txt', 'inline; filename="note.txt"'],
      ] as const) {
        const response = await ada.agent.get(`/skills/skills/${skill.id}/files/${path}`).expect(200);
        expect(response.headers).toMatchObject({
          'content-disposition': disposition,
          'content-security-policy': "default-src 'none'; sandbox",
          'x-content-type-options': 'nosniff',
        });
      }
    });

    it('are answered with their digest as ETag, and with 304 when unchanged', async () => {
      const skill = await createSkill();
      const [file] = (await current(skill.id)).files;
      const url = `/skills/skills/${skill.id}/files/SKILL.md`;
      const first = await ada.agent.get(url).expect(200);
      expect(first.headers.etag).toBe(`"${file?.digest}"`);
      const second = await ada.agent
        .get(url)
        .set('If-None-Match', first.headers.etag ?? '')
        .expect(304);
      expect(second.text).toBe('');
    });
  });

  describe('frontmatter', () => {
    it('is edited field by field, and the skill follows it', async () => {
      const skill = await createSkill();
      const version = await current(skill.id);
      const before = (await ada.agent.get(`/skills/skills/${skill.id}/files/SKILL.md`)).text;
      const edited = await ada.agent
        .patch(`/skills/skills/${skill.id}/frontmatter`)
        .send({
          versionId: version.id,
          revision: version.revision,
          values: { description: 'Subtracts numbers.', tags: ['math'], version: '1.2' },
        })
        .expect(200);
      expect(edited.body.data).toMatchObject({
        label: '1.2',
        metadata: { description: 'Subtracts numbers.', tags: ['math'] },
      });
      expect(await skillOf(skill.id)).toMatchObject({
        description: 'Subtracts numbers.',
        tags: ['math'],
        currentVersion: { label: '1.2' },
        revision: skill.revision,
      });
      const after = (await ada.agent.get(`/skills/skills/${skill.id}/files/SKILL.md`)).text;
      expect(after.split('---')[2]).toBe(before.split('---')[2]);
    });

    it('refuses fields that there are not', async () => {
      const skill = await createSkill();
      const { id: versionId, revision } = await current(skill.id);
      await ada.agent
        .patch(`/skills/skills/${skill.id}/frontmatter`)
        .send({ versionId, revision, values: { colour: 'red' } })
        .expect(400);
      await reader.agent
        .patch(`/skills/skills/${skill.id}/frontmatter`)
        .send({ versionId, revision, values: {} })
        .expect(403);
    });
  });

  describe('repairs', () => {
    async function withFindings(): Promise<{ skill: Skill; version: VersionDetail }> {
      const skill = await createSkill();
      const source = skillMd('Wrong Name', { more: 'colour: red\n' });
      const response = await put(skill.id, 'SKILL.md', source, await current(skill.id)).expect(200);
      return { skill, version: response.body.data };
    }

    it('mend one finding, or all of them, and validate', async () => {
      const { skill, version } = await withFindings();
      const repairable = version.findings.filter((finding) => finding.repair !== undefined);
      expect(repairable.length).toBeGreaterThan(1);
      const [first] = repairable;
      const { id: versionId, revision } = version;
      const one = await ada.agent
        .post(`/skills/skills/${skill.id}/repairs`)
        .send({ versionId, revision, findings: [{ code: first?.code, field: first?.field }] })
        .expect(200);
      expect(one.body.data.findings.length).toBeLessThan(version.findings.length);
      const all = await ada.agent
        .post(`/skills/skills/${skill.id}/repairs`)
        .send({ versionId, revision: one.body.data.revision })
        .expect(200);
      expect(all.body.data.findings).toEqual([]);
    });

    it('are refused on a stale revision, and without the permission', async () => {
      const { skill, version } = await withFindings();
      const body = { versionId: version.id, revision: version.revision - 1 };
      await ada.agent.post(`/skills/skills/${skill.id}/repairs`).send(body).expect(409);
      await reader.agent.post(`/skills/skills/${skill.id}/repairs`).send(body).expect(403);
    });
  });

  describe('publishing', () => {
    it('freezes the version, and the next edit opens a draft', async () => {
      const skill = await createSkill();
      const version = await current(skill.id);
      const published = await ada.agent
        .post(`/skills/versions/${version.id}/publication`)
        .send({ note: 'First.' })
        .expect(200);
      expect(published.body.data).toMatchObject({
        state: 'frozen',
        published: true,
        isPublished: true,
        isCurrent: true,
        note: 'First.',
      });
      expect(await skillOf(skill.id)).toMatchObject({ status: 'published', publishedVersion: { number: 1 } });

      const edited = await put(skill.id, 'a.txt', 'x', version).expect(200);
      expect(edited.body.data).toMatchObject({
        number: 2,
        parentId: version.id,
        state: 'draft',
        isCurrent: true,
      });
      expect(await skillOf(skill.id)).toMatchObject({
        status: 'modified',
        currentVersion: { number: 2 },
        publishedVersion: { number: 1 },
      });
      const versions = await reader.agent.get(`/skills/skills/${skill.id}/versions`).expect(200);
      expect(versions.body.data.map(({ number }: { number: number }) => number)).toEqual([2, 1]);
    });

    it('refuses a version with errors, which stays a draft', async () => {
      const skill = await createSkill();
      const broken = await put(skill.id, 'SKILL.md', 'No frontmatter.', await current(skill.id)).expect(200);
      expect(broken.body.data).toMatchObject({ usable: false });
      expect(await skillOf(skill.id)).toMatchObject({ usable: false });
      const response = await ada.agent
        .post(`/skills/versions/${broken.body.data.id}/publication`)
        .send({})
        .expect(400);
      expect(response.body.error.details.code).toBe('version-invalid');
      expect(await current(skill.id)).toMatchObject({ state: 'draft' });
    });

    it('can be withdrawn', async () => {
      const skill = await createSkill();
      await ada.agent.post(`/skills/versions/${skill.currentVersion.id}/publication`).send({}).expect(200);
      const response = await ada.agent.delete(`/skills/skills/${skill.id}/publication`).expect(200);
      expect(response.body.data).toMatchObject({ status: 'draft', publishedVersion: null });
    });

    it('is a permission of its own', async () => {
      const skill = await createSkill();
      const editor = await app.admin(['skills.read', 'skills.update']);
      const url = `/skills/versions/${skill.currentVersion.id}/publication`;
      await editor.agent.post(url).send({}).expect(403);
      await editor.agent.delete(`/skills/skills/${skill.id}/publication`).expect(403);
      const missing = await ada.agent.post('/skills/versions/none/publication').send({}).expect(404);
      expect(missing.body.error.details.code).toBe('version-not-found');
    });
  });

  describe('uploading a version', () => {
    it('makes it the current one, and a digest that is there already changes nothing', async () => {
      const skill = await createSkill();
      const upload = async () =>
        ada.agent
          .post(`/skills/skills/${skill.id}/versions`)
          .field('note', 'From CI.')
          .attach(
            'file',
            await zipOf({ 'SKILL.md': skillMd(skill.alias), 'run.sh': 'echo hi\n' }),
            'skill.zip',
          )
          .expect(201);
      expect((await upload()).body.data).toMatchObject({
        outcome: 'new-version',
        versionNumber: 2,
        findings: [],
      });
      expect((await upload()).body.data).toMatchObject({ outcome: 'unchanged', versionNumber: 2 });
      const versions = await ada.agent.get(`/skills/skills/${skill.id}/versions`).expect(200);
      expect(versions.body.data[0]).toMatchObject({ number: 2, note: 'From CI.', isCurrent: true });
    });

    it('refuses errors with their findings, and archives that are none', async () => {
      const skill = await createSkill();
      const url = `/skills/skills/${skill.id}/versions`;
      const bad = await ada.agent
        .post(url)
        .attach('file', await zipOf({ 'SKILL.md': 'Nothing.' }), 'skill.zip')
        .expect(400);
      expect(bad.body.error.details).toMatchObject({
        code: 'version-invalid',
        findings: expect.arrayContaining([expect.objectContaining({ severity: 'error' })]),
      });
      const none = await ada.agent
        .post(url)
        .attach('file', Buffer.from('no archive'), 'skill.zip')
        .expect(400);
      expect(none.body.error.details.code).toMatch(/^archive-/);
      const json = await ada.agent.post(url).send({}).expect(400);
      expect(json.body.error.details.code).toBe('multipart-expected');
      expect((await skillOf(skill.id)).currentVersion.number).toBe(1);
      await reader.agent.post(url).attach('file', Buffer.from('x'), 'skill.zip').expect(403);
    });

    it('works with an admin token, as does publishing: this is how CI does it', async () => {
      const skill = await createSkill();
      const token = await app.adminToken(['skills.read', 'skills.update', 'skills.publish']);
      await token.agent
        .post(`/skills/skills/${skill.alias}/versions`)
        .attach('file', await zipOf({ 'SKILL.md': skillMd(skill.alias) }), 'skill.zip')
        .expect(201);
      const { id } = await current(skill.id);
      const published = await token.agent.post(`/skills/versions/${id}/publication`).send({}).expect(200);
      expect(published.body.data).toMatchObject({ number: 2, isPublished: true });
      await token.agent.post('/skills/skills').send({ name: 'x', description: 'x' }).expect(403);
    });
  });

  describe('downloading a version', () => {
    it('answers a zip that is the same bytes each time, and 304 to who has it', async () => {
      const skill = await createSkill();
      const { id, digest } = await current(skill.id);
      const url = `/skills/versions/${id}/archive`;
      const download = () => reader.agent.get(url).buffer(true).parse(binary).expect(200);
      const [first, second] = [await download(), await download()];
      expect(first.body.equals(second.body)).toBe(true);
      expect(first.headers).toMatchObject({
        etag: `"${digest}"`,
        'content-type': 'application/zip',
        'content-disposition': `attachment; filename="${skill.alias}-1.zip"`,
      });
      await reader.agent.get(url).set('If-None-Match', `"other", "${digest}"`).expect(304);
      const tar = await reader.agent
        .get(url)
        .query({ format: 'tar.gz' })
        .buffer(true)
        .parse(binary)
        .expect(200);
      expect(tar.headers['content-type']).toBe('application/gzip');
      await reader.agent.get(url).query({ format: 'rar' }).expect(400);
    });
  });
});
