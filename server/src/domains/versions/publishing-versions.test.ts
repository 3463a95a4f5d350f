import { bundle, describeVersions, file } from './versions-fixture';

describeVersions('depending on a version', (fixture) => {
  it('freezes it once, with the transaction that depends on it', async () => {
    const { database, versions, add } = fixture();
    const { id } = await add();
    const failing = database.transaction(async () => {
      await versions.freeze(id);
      throw new Error('the run could not be stored');
    });
    await expect(failing).rejects.toThrow('the run could not be stored');
    expect((await versions.get(id)).frozenAt).toBeNull();
    await database.transaction(() => versions.freeze(id));
    const { frozenAt } = await versions.get(id);
    expect(frozenAt).toBeGreaterThan(0);
    await versions.freeze(id);
    expect((await versions.get(id)).frozenAt).toBe(frozenAt);
  });

  it('cannot freeze a version that is gone', async () => {
    await expect(fixture().versions.freeze('gone')).rejects.toMatchObject({
      details: { code: 'version-not-found' },
    });
  });

  it('publishes with a note, and freezes', async () => {
    const { versions, add } = fixture();
    const { id } = await add({ note: 'Imported' });
    const published = await versions.publish(id, 'Approved by\u0000 Ada');
    expect(published).toMatchObject({
      note: 'Approved by Ada',
      frozenAt: expect.any(Number),
      publishedAt: expect.any(Number),
    });
    expect((await versions.publish(id, null)).note).toBe('Approved by Ada');
  });

  it('publishes nothing that has errors, and leaves it a draft', async () => {
    const { versions, add } = fixture();
    const draft = await add({ files: [file('README.md')] });
    await expect(versions.publish(draft.id, null)).rejects.toMatchObject({
      name: 'ValidationError',
      details: { code: 'version-invalid' },
    });
    expect(await versions.get(draft.id)).toEqual(draft);
    await expect(versions.publish('gone', null)).rejects.toMatchObject({
      details: { code: 'version-not-found' },
    });
  });

  it('lists what was ever published', async () => {
    const { versions, add } = fixture();
    const first = await add();
    await versions.publish(first.id, null);
    await add({ parentId: first.id, files: bundle('b.txt') });
    const page = await versions.list({ skillId: 'skill', publishedOnly: true, page: 1, pageSize: 10 });
    expect(page).toMatchObject({ total: 1, versions: [{ id: first.id }] });
  });

  it('gets many at once, leaving out those that are gone', async () => {
    const { versions, add } = fixture();
    const first = await add();
    const second = await add({ skillId: 'other' });
    const many = await versions.getMany([first.id, second.id, first.id, 'gone']);
    expect([...many.keys()].sort()).toEqual([first.id, second.id].sort());
  });
});
