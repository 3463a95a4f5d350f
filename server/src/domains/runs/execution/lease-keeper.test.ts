import { createInProcessEventBus } from '../../../platform/event-bus';
import { signalTopic } from '../topics';
import { LeaseKeeper } from './lease-keeper';

const lease = { runId: 'run-1', token: 'token-1' };
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** A keeper over rows in memory: `held` are the tokens that the database would still renew. */
function setUp({ leaseMs = 60 } = {}) {
  const held = new Set([lease.token]);
  const errors: unknown[] = [];
  const cancelled = new Set<string>();
  const asked: string[][] = [];
  const heard = { lost: 0, cancelled: 0 };
  let outage: Error | undefined;
  let renewals = 0;
  const bus = createInProcessEventBus({ onError: (error) => errors.push(error) });
  const keeper = new LeaseKeeper({
    leaseMs,
    bus,
    onError: (error) => errors.push(error),
    leases: {
      renew(tokens) {
        renewals += 1;
        if (outage) return Promise.reject(outage);
        return Promise.resolve(new Set(tokens.filter((token) => held.has(token))));
      },
    },
    signals: {
      cancelled(runIds) {
        asked.push([...runIds]);
        return Promise.resolve(new Set(runIds.filter((id) => cancelled.has(id))));
      },
    },
  });
  const release = keeper.hold(lease, {
    onLost: () => (heard.lost += 1),
    onCancel: () => (heard.cancelled += 1),
  });
  return {
    held,
    errors,
    cancelled,
    asked,
    keeper,
    heard,
    bus,
    release,
    renewals: () => renewals,
    breakDown: (error: Error) => (outage = error),
    recover: () => (outage = undefined),
  };
}

describe('the lease keeper', () => {
  it('renews a lease while it is held, and no longer', async () => {
    const { renewals, release, heard } = setUp();
    await pause(100);
    expect(renewals()).toBeGreaterThanOrEqual(3);
    release();
    const before = renewals();
    await pause(60);
    expect(renewals()).toBe(before);
    expect(heard.lost).toBe(0);
  });

  it('tells once that a lease is held by another', async () => {
    const { held, heard } = setUp();
    held.clear();
    await pause(100);
    expect(heard.lost).toBe(1);
  });

  it('bears an outage that is shorter than the lease', async () => {
    const { breakDown, recover, heard, errors, release } = setUp({ leaseMs: 300 });
    breakDown(new Error('no connection'));
    await pause(150);
    recover();
    await pause(250);
    expect(errors.length).toBeGreaterThan(0);
    expect(heard.lost).toBe(0);
    release();
  });

  it('gives a lease up that it could not renew in time', async () => {
    const { breakDown, heard } = setUp();
    breakDown(new Error('no connection'));
    await pause(150);
    expect(heard.lost).toBe(1);
  });

  it('hears of a cancellation at once by the hint, once', async () => {
    const { cancelled, asked, bus, heard, release } = setUp({ leaseMs: 10_000 });
    cancelled.add(lease.runId);
    bus.publish({ topic: signalTopic(lease.runId) });
    await pause(10);
    expect(heard.cancelled).toBe(1);
    bus.publish({ topic: signalTopic(lease.runId) });
    await pause(10);
    expect(heard.cancelled).toBe(1);
    expect(asked).toHaveLength(1);
    release();
  });

  it('finds a cancellation that no hint told of', async () => {
    const { cancelled, heard, release } = setUp({ leaseMs: 10_000 });
    cancelled.add(lease.runId);
    await pause(700);
    expect(heard.cancelled).toBe(1);
    release();
  });

  it('leaves a cancellation for whoever holds the run after the one that heard of it', async () => {
    const { cancelled, bus, heard, keeper, release } = setUp({ leaseMs: 10_000 });
    cancelled.add(lease.runId);
    bus.publish({ topic: signalTopic(lease.runId) });
    await pause(10);
    const next = { lost: 0, cancelled: 0 };
    // The first one has let the run wait, and has not let go of it yet.
    const releaseNext = keeper.hold(
      { ...lease, token: 'token-2' },
      { onLost: () => (next.lost += 1), onCancel: () => (next.cancelled += 1) },
    );
    await pause(700);
    expect(heard.cancelled).toBe(1);
    expect(next.cancelled).toBe(1);
    release();
    releaseNext();
  });
});
