import type { RunEventPayload } from 'strapi-plugin-skills-shared/contracts';
import { noMask } from '../../../platform/secret-mask';
import { defaultContentLimits } from '../../versions';
import { LeaseLostError } from '../run-record';
import type { StoredChange } from './change';
import { memoryBlobs, sandboxWith, versionFile } from './fixtures/changed-files';
import { keepChanges, type KeepChangesOptions } from './keep-changes';

describe('keeping what an agent changed', () => {
  const events: RunEventPayload[] = [];
  const recorded: StoredChange[][] = [];
  const errors: unknown[] = [];

  beforeEach(() => {
    for (const list of [events, recorded, errors]) list.length = 0;
  });

  const keep = (options: Partial<KeepChangesOptions>): Promise<void> =>
    keepChanges({
      sandbox: sandboxWith({ 'SKILL.md': 'New.', 'a.md': 'A' }).sandbox,
      version: [versionFile('SKILL.md', 'Old.'), versionFile('b.md', 'B')],
      blobs: memoryBlobs(),
      limits: defaultContentLimits,
      stopped: false,
      waits: false,
      mask: noMask,
      emit: (event) => Promise.resolve(void events.push(event)),
      record: (changes) => Promise.resolve(void recorded.push([...changes])),
      onError: (error) => errors.push(error),
      ...options,
    });

  it('stops what still runs first, then records the changes, then tells of them', async () => {
    const { sandbox, asked } = sandboxWith({ 'SKILL.md': 'New.', 'a.md': 'A' });
    await keep({ sandbox });
    expect(asked.slice(0, 2)).toEqual(['halt', 'list']);
    expect(recorded.map((changes) => changes.map(({ path }) => path))).toEqual([
      ['SKILL.md', 'a.md', 'b.md'],
    ]);
    expect(events).toEqual([{ type: 'files-change', added: 1, modified: 1, removed: 1 }]);
  });

  it('tells of nothing when nothing was changed, or while the run waits', async () => {
    await keep({ sandbox: sandboxWith({ 'SKILL.md': 'Old.', 'b.md': 'B' }).sandbox });
    await keep({ waits: true });
    expect(events).toEqual([]);
    expect(recorded.map(({ length }) => length)).toEqual([0, 3]);
  });

  it('names some of the files that it cannot keep, and counts the others', async () => {
    const names = Array.from({ length: 8 }, (_, n) => `bad\\${n}`);
    await keep({ sandbox: sandboxWith(Object.fromEntries(names.map((name) => [name, 'x']))).sandbox });
    const line = events.find((event) => event.type === 'log-line');
    expect(line?.message).toContain('8 files of the agent can be in no version');
    expect(line?.message).toContain('bad\\\\0');
    expect(line?.message).toContain('And 3 more.');
  });

  it('lets the run end when its sandbox is gone, and says what is lost', async () => {
    const { sandbox } = sandboxWith({});
    await keep({ sandbox: { ...sandbox, list: () => Promise.reject(new Error('The sandbox is gone.')) } });
    expect(events).toMatchObject([{ type: 'log-line', level: 'warn' }]);
    expect(errors).toHaveLength(1);
    expect(recorded).toEqual([]);
  });

  it('lets the run end when its events cannot be stored', async () => {
    await keep({ emit: () => Promise.reject(new Error('no database')) });
    expect(errors).toHaveLength(2);
  });

  it('says nothing when the run is another’s by now', async () => {
    await keep({ record: () => Promise.reject(new LeaseLostError('run')) });
    expect([events, errors]).toEqual([[], []]);
  });
});
