import { MANIFESTS_TABLE } from './migrations';
import { bundle, describeVersions, type VersionsFixture } from './versions-fixture';

const TWO_DAYS_MS = 2 * 24 * 60 * 60 * 1000;

async function letTimePass({ knex }: VersionsFixture): Promise<void> {
  for (const table of [MANIFESTS_TABLE, 'skills_blobs']) {
    await knex(table).update({ touched_at: knex.raw('touched_at - ?', [TWO_DAYS_MS]) });
  }
}

const paths = Array.from({ length: 40 }, (_, n) => `${n}.txt`);

describeVersions('collecting garbage', (fixture) => {
  it('keeps what any version needs, the base of its manifest included', async () => {
    const { versions, add, edit, contents } = fixture();
    const draft = await add({ files: bundle(...paths) });
    const { version } = await edit(draft, '0.txt', 'edited');
    await letTimePass(fixture());
    // The draft's first blob of 0.txt is still in the whole manifest that the second is based on.
    expect(await versions.collectGarbage()).toEqual({ manifests: 0, blobs: 0 });
    expect(await contents(version)).toMatchObject({ '0.txt': 'edited', '39.txt': '39.txt' });
  });

  it('removes what no version needs, once it was untouched for a day', async () => {
    const { versions, add, edit, contents } = fixture();
    const kept = await add({ skillId: 'kept', files: bundle('0.txt') });
    const draft = await add({ files: bundle(...paths) });
    await edit(draft, '0.txt', 'edited');
    await versions.removeAll('skill');
    expect(await versions.collectGarbage()).toEqual({ manifests: 0, blobs: 0 });
    await letTimePass(fixture());
    expect(await versions.collectGarbage()).toEqual({ manifests: 2, blobs: 40 });
    expect(await contents(kept)).toEqual({ 'SKILL.md': 'SKILL.md', '0.txt': '0.txt' });
  });

  it('removes what a draft held before it was edited', async () => {
    const { versions, add, edit } = fixture();
    const draft = await add({ files: bundle(...paths) });
    const first = await edit(draft, '0.txt', 'first');
    await edit(first.version, '0.txt', 'second');
    await letTimePass(fixture());
    expect(await versions.collectGarbage()).toEqual({ manifests: 1, blobs: 1 });
  });

  it('does no harm when servers collect, edit and read at once', async () => {
    const { versions, add, edit, contents } = fixture();
    let version = await add({ files: bundle(...paths) });
    for (let round = 0; round < 8; round += 1) {
      await letTimePass(fixture());
      // Back and forth between two contents: each edit takes up a manifest that the collector is about to delete.
      const [edited] = await Promise.all([
        edit(version, '0.txt', round % 2 === 0 ? 'even' : '0.txt'),
        versions.collectGarbage(),
        versions.collectGarbage(),
      ]);
      version = edited.version;
      expect(await contents(version)).toMatchObject({
        '0.txt': round % 2 === 0 ? 'even' : '0.txt',
        '1.txt': '1.txt',
      });
    }
  });
});

describeVersions('storing manifests', (fixture) => {
  it('stores small changes as changes, and large ones whole', async () => {
    const { knex, add, edit } = fixture();
    const draft = await add({ files: bundle(...paths) });
    const { version: small } = await edit(draft, '0.txt', 'edited');
    const large = await add({ parentId: small.id, files: bundle(...paths.map((path) => `moved/${path}`)) });
    const entries = async (digest: string) =>
      Number(
        (await knex('skills_manifest_entries').where({ manifest_digest: digest }).count({ n: '*' }))[0]?.n,
      );
    expect(await entries(draft.digest)).toBe(41);
    expect(await entries(small.digest)).toBe(1);
    expect(await entries(large.digest)).toBe(41);
  });

  it('reads back what a chain of changes led to, by two statements', async () => {
    const { versions, add, edit, contents, statements } = fixture();
    let version = await add({ files: bundle(...paths) });
    const expected: Record<string, string> = await contents(version);
    for (let n = 0; n < 15; n += 1) {
      version = (await edit(version, `${n}.txt`, `edited ${n}`)).version;
      expected[`${n}.txt`] = `edited ${n}`;
      expect(await contents(version)).toEqual(expected);
    }
    statements();
    await versions.files(version);
    expect(statements()).toHaveLength(2);
  });

  it('stores the same content once, whoever adds it at once', async () => {
    const { versions, add, knex, contents } = fixture();
    const all = await Promise.all(
      Array.from({ length: 6 }, (_, n) => add({ skillId: `skill-${n}`, files: bundle(...paths) })),
    );
    expect(new Set(all.map(({ digest }) => digest)).size).toBe(1);
    expect(await knex(MANIFESTS_TABLE).select('digest')).toHaveLength(1);
    expect(Object.keys(await contents(all[0]!))).toHaveLength(41);
    expect(await versions.files(all[5]!)).toHaveLength(41);
  });
});
