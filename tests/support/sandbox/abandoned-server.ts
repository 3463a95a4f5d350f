import { Readable } from 'node:stream';
import { createBubblewrap } from '../../../server/src/platform/sandbox';

/**
 * A server that is about to be killed: `node … abandoned-server.ts <root>` opens a sandbox, starts a command in it that would
 * run for minutes, and says `running` when it does.
 */
async function main(root: string): Promise<void> {
  const sandbox = await createBubblewrap({ root }).create({
    files: [{ path: 'left-behind.txt', executable: false, content: () => Readable.from([Buffer.from('x')]) }],
    limits: {
      timeMs: 300_000,
      memoryBytes: 2 ** 28,
      processes: 16,
      diskBytes: 2 ** 20,
      outputBytes: 2 ** 16,
    },
    network: false,
    env: {},
  });
  await sandbox.exec(['bash', '-c', 'echo running; exec sleep 299.25'], {
    onOutput: (_, chunk) => void process.stdout.write(chunk),
  });
}

void main(process.argv[2] ?? '');
