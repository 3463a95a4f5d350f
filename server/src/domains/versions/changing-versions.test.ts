import type { FileChange, VersionRecord } from './versions-service';
import { author, bundle, describeContent, describeVersions, file } from './versions-fixture';

function outcomes(results: readonly PromiseSettledResult<unknown>[]): string[] {
  return results
    .map((result) =>
      result.status === 'fulfilled' ? 'done' : String(result.reason.details?.code ?? result.reason),
    )
    .sort();
}

describeVersions('changing a draft', (fixture) => {
  async function change(version: VersionRecord, ...changes: FileChange[]) {
    const { versions } = fixture();
    return versions.change({
      versionId: version.id,
      revision: version.revision,
      changes,
      author,
      describe: describeContent,
    });
  }

  it('changes it in place, and counts the revision', async () => {
    const { add, edit, contents } = fixture();
    const draft = await add();
    const { version, opened } = await edit(draft, 'a.txt', 'edited');
    expect(opened).toBe(false);
    expect(version).toMatchObject({ id: draft.id, number: 1, revision: 2 });
    expect(version.digest).not.toBe(draft.digest);
    expect(await contents(version)).toEqual({ 'SKILL.md': 'SKILL.md', 'a.txt': 'edited' });
  });

  it('describes the changed content, with the files that did not change', async () => {
    const { add, edit } = fixture();
    const draft = await add({ files: [file('SKILL.md', '1.0.0'), file('a.txt')] });
    expect((await edit(draft, 'a.txt', 'edited')).version.label).toBe('1.0.0');
    const { version } = await change({ ...draft, revision: 2 }, { type: 'remove', path: 'SKILL.md' });
    expect(version).toMatchObject({ errorCount: 1, label: null, revision: 3 });
  });

  it('keeps the executable bit unless it is told', async () => {
    const { versions, add } = fixture();
    const draft = await add({ files: [...bundle(), file('run.sh', 'old', true)] });
    const kept = await change(draft, { type: 'put', path: 'run.sh', content: Buffer.from('new') });
    const dropped = await change(kept.version, {
      type: 'put',
      path: 'run.sh',
      content: Buffer.from('new'),
      executable: false,
    });
    const executable = async (version: VersionRecord) => (await versions.files(version))[1]?.executable;
    expect(await executable(kept.version)).toBe(true);
    expect(await executable(dropped.version)).toBe(false);
  });

  it('renames files and whole folders, and removes both', async () => {
    const { add, contents } = fixture();
    const draft = await add({ files: bundle('a.txt', 'docs/one.md', 'docs/deep/two.md', 'docs.md') });
    const renamed = await change(
      draft,
      { type: 'rename', from: 'docs', to: 'docs/old' },
      { type: 'rename', from: 'a.txt', to: 'A.txt' },
    );
    expect(Object.keys(await contents(renamed.version))).toEqual([
      'A.txt',
      'SKILL.md',
      'docs.md',
      'docs/old/deep/two.md',
      'docs/old/one.md',
    ]);
    const removed = await change(
      renamed.version,
      { type: 'remove', path: 'docs' },
      { type: 'remove', path: 'A.txt' },
    );
    expect(Object.keys(await contents(removed.version))).toEqual(['SKILL.md', 'docs.md']);
  });

  it.each<[string, FileChange, string]>([
    ['removes what is not there', { type: 'remove', path: 'none' }, 'file-not-found'],
    ['renames what is not there', { type: 'rename', from: 'none', to: 'b' }, 'file-not-found'],
    ['renames onto another file', { type: 'rename', from: 'a.txt', to: 'SKILL.md' }, 'path-exists'],
    ['leaves the folder', { type: 'rename', from: 'a.txt', to: '../a.txt' }, 'path-traversal'],
    ['makes two names one', { type: 'put', path: 'A.TXT', content: Buffer.from('') }, 'path-collision'],
    [
      'makes a folder of a file',
      { type: 'put', path: 'a.txt/b', content: Buffer.from('') },
      'path-file-and-folder',
    ],
    [
      'grows too large',
      { type: 'put', path: 'b', content: Buffer.alloc(25 * 1024 * 1024 + 1) },
      'file-too-large',
    ],
  ])('refuses a change that %s', async (_name, refused, code) => {
    const { versions, add } = fixture();
    const draft = await add();
    await expect(change(draft, refused)).rejects.toMatchObject({ details: { code } });
    expect(await versions.get(draft.id)).toEqual(draft);
  });

  it('does nothing when the content stays the same', async () => {
    const { versions, add, edit } = fixture();
    const draft = await add();
    expect(await edit(draft, 'a.txt', 'a.txt')).toEqual({ version: draft, opened: false });
    await versions.freeze(draft.id);
    const frozen = await versions.get(draft.id);
    expect(await edit(frozen, 'a.txt', 'a.txt')).toEqual({ version: frozen, opened: false });
  });

  it('tells a stale edit both revisions', async () => {
    const { add, edit } = fixture();
    const draft = await add();
    await edit(draft, 'a.txt', 'first');
    await expect(edit(draft, 'b.txt', 'second')).rejects.toMatchObject({
      name: 'ConflictError',
      details: { code: 'stale-revision', expected: 1, actual: 2, versionId: draft.id },
    });
  });

  it('lets exactly one of several edits of the same revision win', async () => {
    const { versions, add, edit } = fixture();
    const draft = await add();
    const results = await Promise.allSettled(
      Array.from({ length: 6 }, (_, n) => edit(draft, 'a.txt', `edit ${n}`)),
    );
    expect(outcomes(results)).toEqual(['done', ...Array<string>(5).fill('stale-revision')]);
    expect((await versions.get(draft.id)).revision).toBe(2);
  });

  it('says that a version which is gone is not there', async () => {
    const { versions, add, edit } = fixture();
    const draft = await add();
    await versions.removeAll('skill');
    await expect(edit(draft, 'a.txt', 'edited')).rejects.toMatchObject({
      details: { code: 'version-not-found' },
    });
  });
});

describeVersions('changing a frozen version', (fixture) => {
  async function frozen(): Promise<VersionRecord> {
    const { versions, add } = fixture();
    const { id } = await add({ files: bundle('a.txt', 'b.txt') });
    await versions.freeze(id);
    return versions.get(id);
  }

  it('opens a child draft and leaves the version as it was', async () => {
    const { versions, edit, contents } = fixture();
    const parent = await frozen();
    const { version: child, opened } = await edit(parent, 'a.txt', 'edited');
    expect(opened).toBe(true);
    expect(child).toMatchObject({ number: 2, parentId: parent.id, revision: 1, frozenAt: null });
    expect(await versions.get(parent.id)).toEqual(parent);
    expect((await contents(parent))['a.txt']).toBe('a.txt');
    expect((await contents(child))['a.txt']).toBe('edited');
  });

  it('adds an edit of another file to the child that is there', async () => {
    const { edit, contents } = fixture();
    const parent = await frozen();
    const first = await edit(parent, 'a.txt', 'edited');
    const second = await edit(parent, 'b.txt', 'edited too');
    expect(second).toMatchObject({ opened: false, version: { id: first.version.id, revision: 2 } });
    expect(await contents(second.version)).toMatchObject({ 'a.txt': 'edited', 'b.txt': 'edited too' });
  });

  it('does not overwrite what another has changed in the child', async () => {
    const { edit, contents } = fixture();
    const parent = await frozen();
    const { version: child } = await edit(parent, 'a.txt', 'theirs');
    await expect(edit(parent, 'a.txt', 'mine')).rejects.toMatchObject({
      details: { code: 'stale-revision', versionId: child.id },
    });
    expect((await contents(child))['a.txt']).toBe('theirs');
  });

  it('opens one child for edits at once, and loses none of them', async () => {
    const { versions, add, edit, contents } = fixture();
    const parent = await frozen();
    const paths = Array.from({ length: 6 }, (_, n) => `new-${n}.txt`);
    const results = await Promise.all(paths.map((path) => edit(parent, path, 'new')));
    expect(new Set(results.map(({ version }) => version.id)).size).toBe(1);
    expect(results.filter(({ opened }) => opened)).toHaveLength(1);
    expect((await versions.list({ skillId: 'skill', page: 1, pageSize: 10 })).total).toBe(2);
    const child = await versions.get(results[0]!.version.id);
    expect(Object.keys(await contents(child))).toEqual(expect.arrayContaining(paths));
    expect((await add({ parentId: child.id })).number).toBe(3);
  });

  it('lets one of several edits of the same file at once win', async () => {
    const { versions, edit } = fixture();
    const parent = await frozen();
    const results = await Promise.allSettled(
      Array.from({ length: 4 }, (_, n) => edit(parent, 'a.txt', `edit ${n}`)),
    );
    expect(outcomes(results)).toEqual(['done', 'stale-revision', 'stale-revision', 'stale-revision']);
    expect((await versions.list({ skillId: 'skill', page: 1, pageSize: 10 })).total).toBe(2);
  });

  it('opens a new child after the first one is frozen', async () => {
    const { versions, edit } = fixture();
    const parent = await frozen();
    const first = await edit(parent, 'a.txt', 'one');
    await versions.freeze(first.version.id);
    const second = await edit(parent, 'a.txt', 'two');
    expect(second).toMatchObject({ opened: true, version: { number: 3, parentId: parent.id } });
  });

  it('never changes a version that is being frozen', async () => {
    const { versions, add, edit, contents } = fixture();
    for (let round = 0; round < 10; round += 1) {
      const draft = await add({ skillId: `skill-${round}` });
      const atFreeze = versions.freeze(draft.id).then(() => versions.get(draft.id));
      const [edited, frozenThen] = await Promise.all([edit(draft, 'a.txt', 'edited'), atFreeze]);
      expect(await versions.get(draft.id)).toEqual(frozenThen);
      expect((await contents(edited.version))['a.txt']).toBe('edited');
      expect(edited.version.id === draft.id).toBe(frozenThen.digest !== draft.digest);
    }
  });
});
