import { mkdir, mkdtemp, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDiskMeter } from './disk-use';
import { removeTree } from './remove-tree';

describe('the use of the disk', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'skills-disk-'));
  });
  afterEach(() => removeTree(root));

  it('is the same however many files there are, and however it is measured', async () => {
    await mkdir(join(root, 'a\nb'));
    await symlink('/usr', join(root, 'link'));
    const files = Array.from({ length: 1200 }, (_, n) => join(root, 'a\nb', `${n}`));
    await Promise.all(files.map((path, n) => writeFile(path, 'x'.repeat((n % 3) * 5000))));
    const meter = createDiskMeter([root, join(root, 'none')]);
    const walked = await meter.read(Infinity);
    const found = await meter.read(Infinity);
    expect(found).toBe(walked);
    expect(walked).toBeGreaterThan(1200 * 1024);
  });

  it('is counted up to what is enough', async () => {
    await Promise.all(Array.from({ length: 50 }, (_, n) => writeFile(join(root, `${n}`), 'x')));
    const bytes = await createDiskMeter([root]).read(10_000);
    expect(bytes).toBeGreaterThan(10_000);
    expect(bytes).toBeLessThan(50 * 4096);
  });
});
