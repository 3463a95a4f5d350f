import type { RunEventPayload } from 'strapi-plugin-skills-shared/contracts';
import type { SecretMask } from '../../../../platform/secret-mask';
import type { EventWriter, PendingEvent } from '../event-writer';
import { EventMask } from './event-mask';

/** The one way of a run's own events into its trajectory. Which secrets it has is known before it says its first word. */
export class MaskedWriter {
  readonly #writer: Pick<EventWriter, 'emit' | 'tell' | 'settle' | 'close'>;
  #mask: EventMask | undefined;

  constructor(writer: Pick<EventWriter, 'emit' | 'tell' | 'settle' | 'close'>) {
    this.#writer = writer;
  }

  /** From now on. Without secrets, nothing stands between a run and its writer. */
  maskBy(mask: SecretMask): void {
    this.#mask = mask.isActive ? new EventMask(mask) : undefined;
  }

  /** As the writer's: text is accepted at once unless too much is pending, and perhaps held back; anything else is stored when it resolves. */
  async emit(payload: RunEventPayload): Promise<void> {
    if (!this.#mask) return this.#writer.emit(payload);
    await this.#emitAll(this.#mask.pass(payload));
  }

  /** As the writer's. */
  tell(payload: RunEventPayload): void {
    for (const passed of this.#mask?.pass(payload) ?? [payload]) this.#writer.tell(passed);
  }

  /** Resolves when all that was emitted before is stored, what was held back too. */
  async settle(): Promise<void> {
    if (this.#mask) await this.#emitAll(this.#mask.rest());
    await this.#writer.settle();
  }

  async close(): Promise<PendingEvent[]> {
    const rest = (this.#mask?.rest() ?? []).map((payload) => ({ at: Date.now(), payload }));
    const events = await this.#writer.close();
    return [...events, ...rest];
  }

  /** All are handed over before anything is awaited: the order of calls is kept. */
  async #emitAll(payloads: readonly RunEventPayload[]): Promise<void> {
    await Promise.all(payloads.map((payload) => this.#writer.emit(payload)));
  }
}
