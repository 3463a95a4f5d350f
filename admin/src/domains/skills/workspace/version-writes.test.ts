import type { VersionDetail } from 'strapi-plugin-skills-shared/contracts';
import { RequestError } from '../../../http/api-failure';
import { createVersionWrites } from './version-writes';

type State = { id: string; revision: number; files: Record<string, string> };

const detail = ({ id, revision, files }: State) =>
  ({
    id,
    revision,
    files: Object.entries(files).map(([path, digest]) => ({ path, digest, size: 1, executable: false })),
  }) as unknown as VersionDetail;

const stale = () =>
  new RequestError({
    name: 'ConflictError',
    message: 'Changed.',
    status: 409,
    details: { code: 'stale-revision' },
  });

/** A server holding one version, as somebody else may change it behind our back. */
function setUp(initial: State) {
  const server = { ...initial };
  let known = detail(initial);
  const writes = createVersionWrites({
    current: () => known,
    refresh: async () => detail(server),
    apply: (content) => {
      known = content;
    },
  });
  const put = (path: string, digest: string) =>
    writes.run({
      paths: [path],
      send: async ({ versionId, revision }) => {
        await Promise.resolve();
        if (versionId !== server.id || revision !== server.revision) throw stale();
        server.files = { ...server.files, [path]: digest };
        server.revision += 1;
        return detail(server);
      },
    });
  return { server, put, known: () => known };
}

const start = { id: 'v1', revision: 1, files: { 'a.txt': 'a0', 'b.txt': 'b0' } };

describe('the writes of a version', () => {
  it('follow each other with the revision that the one before left', async () => {
    const { server, put } = setUp(start);
    await Promise.all([put('a.txt', 'a1'), put('b.txt', 'b1'), put('a.txt', 'a2')]);
    expect(server).toEqual({ id: 'v1', revision: 4, files: { 'a.txt': 'a2', 'b.txt': 'b1' } });
  });

  it('are repeated when somebody else has changed another file', async () => {
    const { server, put } = setUp(start);
    Object.assign(server, { revision: 7, files: { ...server.files, 'b.txt': 'theirs' } });
    await put('a.txt', 'mine');
    expect(server.files).toEqual({ 'a.txt': 'mine', 'b.txt': 'theirs' });
  });

  it('move to the child draft when the version has been frozen', async () => {
    const { server, put, known } = setUp(start);
    Object.assign(server, { id: 'v2', revision: 1 });
    await put('a.txt', 'mine');
    expect(known().id).toBe('v2');
  });

  it('are refused when somebody else has changed the same file, and know the new state after', async () => {
    const { server, put, known } = setUp(start);
    Object.assign(server, { revision: 2, files: { ...server.files, 'a.txt': 'theirs' } });
    await expect(put('a.txt', 'mine')).rejects.toThrow('Changed.');
    expect(server.files['a.txt']).toBe('theirs');
    expect(known().revision).toBe(2);
    await put('a.txt', 'mine after all');
    expect(server.files['a.txt']).toBe('mine after all');
  });

  it('go on after one that failed', async () => {
    const { server, put } = setUp(start);
    server.files['a.txt'] = 'theirs';
    server.revision = 2;
    const [refused, done] = await Promise.allSettled([put('a.txt', 'mine'), put('b.txt', 'b1')]);
    expect([refused.status, done.status]).toEqual(['rejected', 'fulfilled']);
    expect(server.files['b.txt']).toBe('b1');
  });
});
