import type { RunCreate } from 'strapi-plugin-skills-shared/contracts';
import { newKey } from '../../http/new-key';

/** Milliseconds for which an unanswered start is repeated by asking for the same: after that another run is meant. */
const repeatedWithin = 10 * 60_000;

/** What a start asks for, as far as asking for the same repeats it. A file is known by its name, size and time. */
export function askedBy(skillId: string, body: RunCreate | FormData): string {
  if (!(body instanceof FormData)) return JSON.stringify([skillId, body]);
  const fields = [...body].map(([field, value]) =>
    value instanceof File ? [field, value.name, value.size, value.lastModified] : [field, value],
  );
  return JSON.stringify([skillId, fields]);
}

/**
 * The keys of requests that start runs: one for each. A request whose answer was lost may have started its run; who then asks for the
 * same again carries its key again, so that it cannot start a second one.
 */
export class StartKeys {
  #lost: { asked: string; key: string; at: number } | undefined;

  keyFor(asked: string, now = Date.now()): string {
    const lost = this.#lost;
    return lost?.asked === asked && now - lost.at < repeatedWithin ? lost.key : newKey();
  }

  /** `status`: what the server answered; undefined when nothing came back. A gateway's 5xx does not tell what became of the request. */
  settled(asked: string, key: string, status: number | undefined, now = Date.now()): void {
    const known = status !== undefined && status < 500;
    this.#lost = known ? undefined : { asked, key, at: now };
  }
}
