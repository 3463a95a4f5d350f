import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSlots } from './slots';

it('says by a code when there is no slot left', async () => {
  const root = await mkdtemp(join(tmpdir(), 'skills-slots-'));
  await Promise.all(Array.from({ length: 500 }, (_, index) => mkdir(join(root, `slot-${index}`))));
  await expect(createSlots(root).claim()).rejects.toMatchObject({ details: { code: 'sandbox-full' } });
  await rm(root, { recursive: true });
});
