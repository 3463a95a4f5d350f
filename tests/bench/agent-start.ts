import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { SandboxImplementation } from '../../server/src/platform/sandbox';
import { createBubblewrap, createJustBash } from '../../server/src/platform/sandbox';
import { median, ratioFigure, type Figure } from './figure';

const ROUNDS = 60;
const WARM_UP_ROUNDS = 10;
/** Over a bare spawn, which is about 2 ms: what isolating may add is bounded in the same measure. */
const LIMITS: Readonly<Record<string, number>> = { bubblewrap: 5, 'just-bash': 10 };
const COMMAND = 'echo here';

const limits = {
  timeMs: 60_000,
  memoryBytes: 512 * 2 ** 20,
  processes: 64,
  diskBytes: 256 * 2 ** 20,
  outputBytes: 2 ** 20,
};

export const name = 'agent-start';

/** From asking for a sandbox to the first output of an agent's first command in it, over the same command spawned bare, in turns. */
export async function run(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const implementation of [createBubblewrap(), createJustBash()]) {
    try {
      figures.push(await measure(implementation));
    } finally {
      await implementation.close();
    }
  }
  return figures;
}

async function measure(implementation: SandboxImplementation): Promise<Figure> {
  const ours: number[] = [];
  const bare: number[] = [];
  const sides = [
    async () => ours.push(await startIn(implementation)),
    async () => bare.push(await startBare()),
  ];
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const side of round % 2 === 0 ? sides : [...sides].reverse()) await side();
  }
  return ratioFigure(
    `first output of an agent's first command in ${implementation.name}, over a bare spawn`,
    {
      value: median(ours.slice(WARM_UP_ROUNDS)),
      baseline: median(bare.slice(WARM_UP_ROUNDS)),
      unit: 'ms',
      limit: LIMITS[implementation.name] ?? 1,
    },
  );
}

async function startIn(implementation: SandboxImplementation): Promise<number> {
  const askedAt = performance.now();
  const sandbox = await implementation.create({ files: [], limits, network: false, env: {} });
  let firstAt = Number.NaN;
  await sandbox.exec(['bash', '-c', COMMAND], {
    onOutput: () => void (firstAt = Number.isNaN(firstAt) ? performance.now() : firstAt),
  });
  await sandbox.dispose();
  return firstAt - askedAt;
}

async function startBare(): Promise<number> {
  const startedAt = performance.now();
  const child = spawn('/bin/bash', ['-c', COMMAND], { stdio: ['ignore', 'pipe', 'ignore'] });
  await once(child.stdout, 'data');
  const took = performance.now() - startedAt;
  await once(child, 'close');
  return took;
}
