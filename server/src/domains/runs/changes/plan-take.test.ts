import type { StoredChange } from './change';
import { versionFile } from './fixtures/changed-files';
import { planTake } from './plan-take';

const base = [versionFile('a.md', 'A'), versionFile('b.md', 'B'), versionFile('c.sh', 'C', true)];

function changeTo(
  path: string,
  before: string | null,
  after: string | null,
  executable = false,
): StoredChange {
  const state = (content: string) => ({ digest: versionFile(path, content).digest, size: content.length });
  return {
    path,
    change: before === null ? 'added' : after === null ? 'removed' : 'modified',
    before: before === null ? null : state(before),
    after: after === null ? null : { ...state(after), executable },
  };
}

const changes = [
  changeTo('a.md', 'A', 'A2'),
  changeTo('b.md', 'B', null),
  changeTo('c.sh', 'C', 'C', false),
  changeTo('d.md', null, 'D'),
];

describe('taking changes into the files of now', () => {
  it('makes all of them where the files are as the run found them', () => {
    expect(planTake(changes, base, base)).toEqual({ effective: changes, conflicts: [] });
  });

  it('has nothing to do where the files are as the run left them', () => {
    const now = [versionFile('a.md', 'A2'), versionFile('c.sh', 'C'), versionFile('d.md', 'D')];
    expect(planTake(changes, base, now)).toEqual({ effective: [], conflicts: [] });
  });

  it('names each file that somebody has changed otherwise, removed or added', () => {
    const now = [
      versionFile('b.md', 'other'),
      versionFile('c.sh', 'other', true),
      versionFile('d.md', 'other'),
    ];
    expect(planTake(changes, base, now).conflicts).toEqual(['a.md', 'b.md', 'c.sh', 'd.md']);
  });

  it('minds no other files', () => {
    const now = [...base, versionFile('e.md', 'E')];
    expect(planTake(changes, base, now).conflicts).toEqual([]);
  });
});
