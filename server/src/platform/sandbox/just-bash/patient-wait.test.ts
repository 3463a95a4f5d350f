import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { patient } from './patient-wait';

const waker = `
const { workerData: cell } = require('node:worker_threads');
setTimeout(() => Atomics.notify(cell, 0), 100);
setTimeout(() => { Atomics.store(cell, 0, 1); Atomics.notify(cell, 0); }, 200);
`;

async function woken(wait: (typeof Atomics)['wait'], timeoutMs: number) {
  const cell = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(waker, { eval: true, workerData: cell });
  await once(worker, 'online');
  const result = wait(cell, 0, 0, timeoutMs);
  const found = Atomics.load(cell, 0);
  await worker.terminate();
  return { result, found };
}

it('sleeps through a waking by which nothing has changed', async () => {
  expect(await woken(patient(Atomics.wait), 10_000)).toEqual({ result: 'ok', found: 1 });
});

it('waits no longer than it was told to', async () => {
  expect(await woken(patient(Atomics.wait), 1)).toEqual({ result: 'timed-out', found: 0 });
});
