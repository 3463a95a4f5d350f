import { AsyncLocalStorage } from 'node:async_hooks';
import { createInProcessRunQueue } from './in-process-run-queue';
import { describeRunQueue } from './run-queue.conformance';

describeRunQueue('in this process', (options) => createInProcessRunQueue(options));

describe('the in-process run queue', () => {
  it('lets an id wait only once, however often it is offered', async () => {
    const seen: string[] = [];
    const queue = createInProcessRunQueue({
      concurrency: 1,
      onError: (error) => {
        throw error;
      },
    });
    queue.offer('one');
    queue.offer('one');
    queue.offer('two');
    queue.start(async (runId) => {
      seen.push(runId);
    });
    await new Promise((resolve) => setTimeout(resolve, 10));
    await queue.stop();
    expect(seen).toEqual(['one', 'two']);
  });
});

describe('work from the in-process run queue', () => {
  it('does not see the asynchronous context of whoever offered it', async () => {
    const context = new AsyncLocalStorage<string>();
    const seen: (string | undefined)[] = [];
    const queue = createInProcessRunQueue({
      concurrency: 1,
      onError: (error) => {
        throw error;
      },
    });
    queue.start(async () => {
      seen.push(context.getStore());
    });
    context.run('a transaction', () => queue.offer('run'));
    await queue.stop();
    expect(seen).toEqual([undefined]);
  });
});
