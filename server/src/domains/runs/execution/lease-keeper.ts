import type { EventBus } from '../../../platform/event-bus';
import type { Lease } from '../run-record';
import type { LeaseRows } from '../repository/leases';
import type { SignalRows } from '../repository/signals';
import { signalTopic } from '../topics';

export interface LeaseHolder {
  /** The lease is gone: another owner may write the run, so this one must stop at once. */
  onLost(): void;
  /** Somebody has asked to cancel the run. Called once. */
  onCancel(): void;
}

export interface LeaseKeeperOptions {
  leases: Pick<LeaseRows, 'renew'>;
  signals: Pick<SignalRows, 'cancelled'>;
  bus: EventBus;
  leaseMs: number;
  onError(error: unknown): void;
}

/** Behind the bus's hint, which another server's cancellation may not reach: a cancelled run stops within a second. */
const SIGNAL_POLL_MS = 500;

interface Held {
  lease: Lease;
  holder: LeaseHolder;
  /** Monotonic milliseconds until which the lease surely holds, as far as this process knows. */
  safeUntil: number;
  toldOfCancel: boolean;
  unsubscribe(): void;
}

/** Renews the leases of all runs of this process in one statement, and hears the signals that others send to them. */
export class LeaseKeeper {
  readonly #options: LeaseKeeperOptions;
  readonly #held = new Map<string, Held>();
  #renewal: NodeJS.Timeout | undefined;
  #listening: NodeJS.Timeout | undefined;

  constructor(options: LeaseKeeperOptions) {
    this.#options = options;
  }

  /** Keeps a lease that was just taken, until the answered function is called. */
  hold(lease: Lease, holder: LeaseHolder): () => void {
    const unsubscribe = this.#options.bus.subscribe(signalTopic(lease.runId), () => void this.#hearSignals());
    this.#held.set(lease.token, {
      lease,
      holder,
      safeUntil: performance.now() + this.#options.leaseMs,
      toldOfCancel: false,
      unsubscribe,
    });
    this.#renewal ??= setInterval(() => void this.#renew(), this.#options.leaseMs / 3);
    this.#listening ??= setInterval(() => void this.#hearSignals(), SIGNAL_POLL_MS);
    return () => this.#release(lease.token);
  }

  #release(token: string): void {
    this.#held.get(token)?.unsubscribe();
    this.#held.delete(token);
    if (this.#held.size > 0) return;
    clearInterval(this.#renewal);
    clearInterval(this.#listening);
    this.#renewal = undefined;
    this.#listening = undefined;
  }

  async #renew(): Promise<void> {
    const asked = [...this.#held.values()];
    const askedAt = performance.now();
    try {
      const tokens = asked.map(({ lease }) => lease.token);
      const renewed = await this.#options.leases.renew(tokens, this.#options.leaseMs);
      for (const held of asked) {
        if (renewed.has(held.lease.token)) held.safeUntil = askedAt + this.#options.leaseMs;
        else this.#lose(held);
      }
    } catch (error) {
      this.#options.onError(error);
      // The database cannot be reached: past its lease a run may already be somebody else's to end.
      for (const held of asked) if (performance.now() > held.safeUntil) this.#lose(held);
    }
  }

  #lose({ lease, holder }: Held): void {
    // A run that ended while the renewal was on its way holds no lease any more, and has lost nothing.
    if (!this.#held.has(lease.token)) return;
    this.#release(lease.token);
    holder.onLost();
  }

  async #hearSignals(): Promise<void> {
    try {
      const asked = [...this.#held.values()].filter(({ toldOfCancel }) => !toldOfCancel);
      if (asked.length === 0) return;
      const cancelled = await this.#options.signals.cancelled(asked.map(({ lease }) => lease.runId));
      for (const held of asked) {
        if (held.toldOfCancel || !cancelled.has(held.lease.runId)) continue;
        held.toldOfCancel = true;
        held.holder.onCancel();
      }
    } catch (error) {
      this.#options.onError(error);
    }
  }
}
