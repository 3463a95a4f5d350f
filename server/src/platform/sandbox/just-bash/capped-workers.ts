import { createRequire, syncBuiltinESMExports } from 'node:module';
import type * as WorkerThreads from 'node:worker_threads';
import type { WorkerOptions } from 'node:worker_threads';
import { patient } from './patient-wait';
import type { WorkerStart } from './protocol';

const threads = createRequire(import.meta.url)('node:worker_threads') as typeof WorkerThreads;

/** The part of WebAssembly's memory that is needed here; Node's types leave WebAssembly to those of browsers. */
interface WasmMemory {
  readonly buffer: ArrayBufferLike;
  grow(pages: number): number;
}

/** What a worker's own worker finds among its data: which code to run, and how much memory its WebAssembly may have. */
export interface Cap {
  script: string;
  maxBytes: number;
  /** One shared number, set to 1 when more was wanted. */
  meter: Int32Array;
}

/** Tells whether a WebAssembly program was refused memory since the last call. */
export type TakeRefusal = () => boolean;

/**
 * just-bash runs Python and SQLite in workers of its own, as WebAssembly, whose memory no resource limit of Node's holds. From
 * here on each such worker starts with our code, which caps that memory first and then loads theirs.
 */
export function capWorkers({ file, memoryBytes }: WorkerStart): TakeRefusal {
  const meter = new Int32Array(new SharedArrayBuffer(4));
  const Uncapped = threads.Worker;
  threads.Worker = class extends Uncapped {
    constructor(script: string | URL, options: WorkerOptions = {}) {
      const cap: Cap = { script: String(script), maxBytes: memoryBytes, meter };
      super(file, { ...options, execArgv: [], env: {}, workerData: { ...options.workerData, cap } });
    }
  };
  syncBuiltinESMExports();
  return () => Atomics.exchange(meter, 0, 0) === 1;
}

/** In a worker's own worker: caps WebAssembly's memory, lets it wait in patience, then loads what should have run there. */
export async function runCapped({ script, maxBytes, meter }: Cap): Promise<void> {
  const { Memory } = Reflect.get(globalThis, 'WebAssembly') as { Memory: { prototype: WasmMemory } };
  const grow = Memory.prototype.grow;
  Memory.prototype.grow = function (this: WasmMemory, pages: number): number {
    if (this.buffer.byteLength + pages * 65_536 > maxBytes) {
      Atomics.store(meter, 0, 1);
      throw new RangeError('The memory of this run is used up.');
    }
    return grow.call(this, pages);
  };
  Reflect.set(Atomics, 'wait', patient(Atomics.wait));
  await import(script);
}
