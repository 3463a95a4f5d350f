import { createSecretMask, noMask } from '../../../platform/secret-mask';
import { defaultContentLimits } from '../../versions';
import { collectChanges, type CollectOptions } from './collect-changes';
import {
  memoryBlobs,
  sandboxWith,
  sha256,
  versionFile,
  type FolderOfASandbox,
} from './fixtures/changed-files';

const version = [
  versionFile('SKILL.md', 'Do it.'),
  versionFile('scripts/run.sh', 'echo 1', true),
  versionFile('notes.txt', 'old'),
];
const untouched = {
  'SKILL.md': 'Do it.',
  'scripts/run.sh': { content: 'echo 1', executable: true },
  'notes.txt': 'old',
};

describe('what an agent changed in the skill’s folder', () => {
  const blobs = memoryBlobs();

  beforeEach(() => blobs.texts.clear());

  function collect({ sandbox }: FolderOfASandbox, options: Partial<CollectOptions> = {}) {
    const signal = new AbortController().signal;
    return collectChanges({
      sandbox,
      version,
      blobs,
      limits: defaultContentLimits,
      mask: noMask,
      onError: () => undefined,
      signal,
      ...options,
    });
  }

  it('is nothing when all is as it was, and then nothing is stored', async () => {
    const collected = await collect(sandboxWith(untouched));
    expect(collected).toEqual({ changes: [], refused: [], complete: true });
    expect(blobs.texts.size).toBe(0);
  });

  it('is files that were added, modified and removed, with contents', async () => {
    const collected = await collect(
      sandboxWith({
        'SKILL.md': 'Do it better.',
        'scripts/run.sh': { content: 'echo 1', executable: true },
        'new/file.md': 'New.',
      }),
    );
    expect(collected.changes).toEqual([
      {
        path: 'SKILL.md',
        change: 'modified',
        before: { digest: sha256('Do it.'), size: 6 },
        after: { digest: sha256('Do it better.'), size: 13, executable: false },
      },
      {
        path: 'new/file.md',
        change: 'added',
        before: null,
        after: { digest: sha256('New.'), size: 4, executable: false },
      },
      { path: 'notes.txt', change: 'removed', before: { digest: sha256('old'), size: 3 }, after: null },
    ]);
    expect([...blobs.texts.values()].sort()).toEqual(['Do it better.', 'New.']);
  });

  it('notices another content of the same size, small or large', async () => {
    const large = 'a'.repeat(300_000);
    const collected = await collect(sandboxWith({ 'large.txt': `${large.slice(1)}b`, 'small.txt': 'new' }), {
      version: [versionFile('large.txt', large), versionFile('small.txt', 'old')],
    });
    expect(collected.changes.map(({ path, change }) => `${path} ${change}`)).toEqual([
      'large.txt modified',
      'small.txt modified',
    ]);
    expect(
      (await collect(sandboxWith({ 'large.txt': large }), { version: [versionFile('large.txt', large)] }))
        .changes,
    ).toEqual([]);
  });

  it('notices that a file may be executed, or may no longer be', async () => {
    const { changes } = await collect(
      sandboxWith({
        ...untouched,
        'scripts/run.sh': 'echo 1',
        'notes.txt': { content: 'old', executable: true },
      }),
    );
    expect(changes.map(({ path, after }) => [path, after?.executable])).toEqual([
      ['notes.txt', true],
      ['scripts/run.sh', false],
    ]);
    expect(blobs.texts.size).toBe(0);
  });

  it('is a removal and an addition when a file was renamed', async () => {
    const { changes } = await collect(
      sandboxWith({
        'SKILL.md': 'Do it.',
        'scripts/run.sh': untouched['scripts/run.sh'],
        'NOTES.txt': 'old',
      }),
    );
    expect(changes.map(({ path, change }) => `${path} ${change}`)).toEqual([
      'NOTES.txt added',
      'notes.txt removed',
    ]);
  });

  it('leaves by-products alone, unless the version holds them', async () => {
    const { changes } = await collect(
      sandboxWith({
        ...untouched,
        '__pycache__/run.cpython-311.pyc': 'x',
        'node_modules/a/index.js': 'x',
        '.git/config': 'x',
        'lib/mod.pyc': 'x',
        'node_modules/kept.js': 'changed',
      }),
      { version: [...version, versionFile('node_modules/kept.js', 'kept')] },
    );
    expect(changes.map(({ path }) => path)).toEqual(['node_modules/kept.js']);
  });

  it('refuses names that no version may have, and keeps the other files', async () => {
    const { changes, refused } = await collect(
      sandboxWith({
        ...untouched,
        'line\nbreak.md': 'x',
        'back\\slash.md': 'x',
        'Notes.TXT': 'x',
        [`${'d/'.repeat(20)}deep.md`]: 'x',
        'fine.md': 'x',
      }),
    );
    expect(changes.map(({ path }) => path)).toEqual(['fine.md']);
    expect(refused.map(({ path }) => path).sort()).toEqual(
      ['Notes.TXT', 'back\\slash.md', `${'d/'.repeat(20)}deep.md`, 'line\nbreak.md'].sort(),
    );
  });

  it('refuses all new names rather than looking for pairs of one name without end', async () => {
    const pairs = Array.from({ length: 40 }, (_, n) => [`file-${n}.md`, `FILE-${n}.md`]).flat();
    const { changes, refused } = await collect(
      sandboxWith({ ...untouched, ...Object.fromEntries(pairs.map((path) => [path, 'x'])) }),
    );
    expect(changes.length + refused.length).toBeGreaterThanOrEqual(80);
    expect(refused.length).toBeGreaterThan(20);
  });

  it('keeps no more than fits into a version', async () => {
    const { changes, refused } = await collect(
      sandboxWith({ ...untouched, 'a.md': 'aaaa', 'b.md': 'b'.repeat(50), 'c.md': 'cc', 'd.md': 'd' }),
      { limits: { ...defaultContentLimits, maxFiles: 5, maxFileBytes: 40, maxBytes: 100 } },
    );
    expect(changes.map(({ path }) => path)).toEqual(['a.md', 'c.md']);
    expect(refused.map(({ path }) => path)).toEqual(['b.md', 'd.md']);
  });

  it('says of a file that cannot be read that it cannot, and goes on', async () => {
    const { changes, refused } = await collect(
      sandboxWith({ ...untouched, 'a.md': new Error('gone'), 'b.md': 'x' }),
    );
    expect(changes.map(({ path }) => path)).toEqual(['b.md']);
    expect(refused).toEqual([{ path: 'a.md', reason: '"a.md" cannot be read.' }]);
  });

  it('answers what it has found when there is no more time', async () => {
    const time = new AbortController();
    const names = Array.from({ length: 40 }, (_, n) => `file-${String(n).padStart(2, '0')}.md`);
    const { sandbox } = sandboxWith({
      ...untouched,
      ...Object.fromEntries(names.map((name) => [name, 'x'])),
    });
    const readFile: typeof sandbox.readFile = (path) => {
      if (path.endsWith('file-20.md')) time.abort();
      return sandbox.readFile(path);
    };
    const collected = await collect(
      { sandbox: { ...sandbox, readFile }, asked: [] },
      { signal: time.signal },
    );
    expect(collected.complete).toBe(false);
    expect(collected.refused).toEqual([]);
    const paths = collected.changes.map(({ path }) => path);
    expect(paths).toContain('file-00.md');
    expect(paths).not.toContain('file-39.md');
  });

  it('waits for no listing that does not come', async () => {
    const time = new AbortController();
    const { sandbox } = sandboxWith({});
    const collecting = collect(
      { sandbox: { ...sandbox, list: () => new Promise(() => undefined) }, asked: [] },
      { signal: time.signal },
    );
    time.abort();
    await expect(collecting).rejects.toThrow('no time');
  });

  it('stores what the mask leaves, and compares what was there', async () => {
    const mask = createSecretMask(['hunter2']);
    const large = `${'x'.repeat(300_000)}hunter2`;
    const { changes } = await collect(
      sandboxWith({ ...untouched, 'a.md': 'It is hunter2.', 'large.md': large }),
      { mask },
    );
    expect(changes.map(({ path }) => path)).toEqual(['a.md', 'large.md']);
    expect([...blobs.texts.values()].join('')).not.toContain('hunter2');
    expect([...blobs.texts.values()]).toContain('It is *******.');
  });

  it('is kept under no path that tells a secret, and the reason does not tell it', async () => {
    const mask = createSecretMask(['hunter2']);
    const { changes, refused } = await collect(
      sandboxWith({ ...untouched, hunter2: 'x', 'logs/hunter2/../a.md': 'x', 'hunter3.md': 'x' }),
      { mask },
    );
    expect(changes.map(({ path }) => path)).toEqual(['hunter3.md']);
    expect(refused).toHaveLength(2);
    expect(refused.map(({ reason }) => reason).join()).not.toContain('hunter2');
    const ofVersion = [versionFile('hunter2', 'x')];
    const { changes: own } = await collect(sandboxWith({ hunter2: 'y' }), { mask, version: ofVersion });
    expect(own.map(({ path }) => path)).toEqual(['hunter2']);
  });
});
