import { buffer } from 'node:stream/consumers';
import { author, bundle, describeContent, describeVersions, file } from './versions-fixture';

describeVersions('adding a version', (fixture) => {
  it('keeps its files, and reads them back', async () => {
    const { versions, add } = fixture();
    const files = [
      file('SKILL.md', '1.2.0\nText'),
      file('scripts/run.sh', '#!/bin/sh\n', true),
      file('empty', ''),
    ];
    const version = await add({ files, note: 'First' });
    expect(version).toMatchObject({
      skillId: 'skill',
      number: 1,
      parentId: null,
      label: '1.2.0',
      note: 'First',
      errorCount: 0,
      fileCount: 3,
      size: 20,
      revision: 1,
      frozenAt: null,
      publishedAt: null,
      createdBy: author,
      digest: versions.digestOf(files),
    });
    expect(
      (await versions.files(version)).map(({ path, size, executable }) => [path, size, executable]),
    ).toEqual([
      ['SKILL.md', 10, false],
      ['empty', 0, false],
      ['scripts/run.sh', 10, true],
    ]);
    const opened = await versions.open(version, 'scripts/run.sh');
    expect((await buffer(opened.content)).toString()).toBe('#!/bin/sh\n');
    await expect(versions.open(version, 'run.sh')).rejects.toMatchObject({
      details: { code: 'file-not-found' },
    });
  });

  it('counts versions by skill and lists the newest first', async () => {
    const { versions, add } = fixture();
    const first = await add();
    await add({ skillId: 'other' });
    const second = await add({ parentId: first.id, files: bundle('b.txt') });
    expect([first.number, second.number]).toEqual([1, 2]);
    const page = await versions.list({ skillId: 'skill', page: 1, pageSize: 1 });
    expect(page.total).toBe(2);
    expect(page.versions.map(({ id }) => id)).toEqual([second.id]);
    expect((await versions.getByNumber('skill', 1)).id).toBe(first.id);
    await expect(versions.getByNumber('skill', 3)).rejects.toMatchObject({
      details: { code: 'version-not-found' },
    });
  });

  it('freezes the parent and the draft child that the parent has', async () => {
    const { versions, add, edit } = fixture();
    const parent = await add();
    await versions.freeze(parent.id);
    const { version: draft } = await edit(await versions.get(parent.id), 'a.txt', 'edited');
    const added = await add({ parentId: parent.id, files: bundle('c.txt') });
    expect((await versions.get(draft.id)).frozenAt).not.toBeNull();
    expect(await versions.get(added.id)).toMatchObject({ number: 3, parentId: parent.id, frozenAt: null });
  });

  it('gives versions added at once numbers of their own', async () => {
    const { versions, add } = fixture();
    const first = await add();
    const contents = Array.from({ length: 8 }, (_, n) => bundle(`${n}.txt`));
    await Promise.all(contents.map((files) => add({ parentId: first.id, files })));
    const { versions: all } = await versions.list({ skillId: 'skill', page: 1, pageSize: 100 });
    expect(all.map(({ number }) => number)).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1]);
    expect(all.filter(({ frozenAt }) => frozenAt === null)).toHaveLength(1);
  });

  it.each([
    ['../evil', 'path-traversal'],
    ['/etc/passwd', 'path-absolute'],
    ['skill.MD', 'path-collision'],
  ])('refuses the path %s whole', async (path, code) => {
    const { versions, add, knex } = fixture();
    await expect(add({ files: [...bundle(), file(path)] })).rejects.toMatchObject({
      details: { code, path: [path] },
    });
    expect((await versions.list({ skillId: 'skill', page: 1, pageSize: 10 })).total).toBe(0);
    expect(await knex('skills_blobs').first()).toBeUndefined();
  });

  it('stores nothing when the content cannot be described', async () => {
    const { add, knex } = fixture();
    const describe = () => Promise.reject(new Error('no such kind'));
    await expect(add({ describe })).rejects.toThrow('no such kind');
    expect(await knex('skills_blobs').first()).toBeUndefined();
  });

  it('refuses a parent of another skill', async () => {
    const { add } = fixture();
    const { id } = await add({ skillId: 'other' });
    await expect(add({ parentId: id })).rejects.toMatchObject({ details: { code: 'version-not-found' } });
  });

  it('writes and reads 500 files by few statements', async () => {
    const { versions, statements } = fixture();
    const files = Array.from({ length: 500 }, (_, n) => file(`folder/${n}.txt`));
    statements();
    const version = await versions.add({
      skillId: 'big',
      parentId: null,
      files,
      author,
      describe: describeContent,
    });
    expect(statements().length).toBeLessThan(25);
    expect(await versions.files(version)).toHaveLength(500);
    expect(statements()).toHaveLength(2);
  });
});
