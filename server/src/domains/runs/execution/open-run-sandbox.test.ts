import { Readable } from 'node:stream';
import type { Sandbox } from '../../../platform/sandbox';
import { emptyEnvironment } from '../../environments';
import { openRunSandbox } from './open-run-sandbox';

const limits = { timeMs: 1, memoryBytes: 1, processes: 1, diskBytes: 1, outputBytes: 1 };

describe('opening the sandbox of a run', () => {
  it('lays no more files in once the run is stopped', async () => {
    const controller = new AbortController();
    const laid: string[] = [];
    const files = ['a', 'b', 'c'].map((path) => ({
      path,
      digest: path,
      size: 1,
      isText: true,
      executable: false,
    }));
    const opening = openRunSandbox(
      {
        version: { files },
        blobs: {
          open: () => Promise.resolve(Readable.from([])),
          readAll: (digests) => Promise.resolve(new Map(digests.map((digest) => [digest, Buffer.from('x')]))),
        },
        environment: emptyEnvironment,
        limits,
        allowNetwork: false,
        allowListedHosts: false,
        async createSandbox(options) {
          for await (const { path } of options.files) {
            laid.push(path);
            controller.abort(new Error('stopped'));
          }
          return {} as Sandbox;
        },
        emit: () => Promise.resolve(),
        signal: controller.signal,
      },
      { network: false },
    );
    await expect(opening).rejects.toThrow('stopped');
    expect(laid).toEqual(['a']);
  });
});
