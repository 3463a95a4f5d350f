import { randomBytes } from 'node:crypto';

const lifetimeMs = 30_000;
/** Of one holder that are not used yet: who asks for more loses the oldest. */
const maxPerHolder = 10;

/**
 * One-time tickets: random, good for one use within half a minute. They are known to this process alone: a browser's socket must reach the
 * same server as the request that asked for the ticket.
 */
export interface TicketStore<Claim> {
  issue(holder: string, claim: Claim): { ticket: string; expiresAt: number };
  /** What the ticket stands for, once; undefined for what is used, expired or made up. */
  redeem(ticket: string): Claim | undefined;
}

export function createTicketStore<Claim>(clock: () => number = Date.now): TicketStore<Claim> {
  // In the order in which they were issued, which is the order in which they expire.
  const tickets = new Map<string, { holder: string; claim: Claim; expiresAt: number }>();

  function forgetExpired(): void {
    for (const [ticket, { expiresAt }] of tickets) {
      if (expiresAt > clock()) return;
      tickets.delete(ticket);
    }
  }

  return {
    issue(holder, claim) {
      forgetExpired();
      const held = [...tickets].filter(([, one]) => one.holder === holder).map(([ticket]) => ticket);
      if (held.length >= maxPerHolder) tickets.delete(held[0] ?? '');
      const ticket = randomBytes(32).toString('base64url');
      const expiresAt = clock() + lifetimeMs;
      tickets.set(ticket, { holder, claim, expiresAt });
      return { ticket, expiresAt };
    },

    redeem(ticket) {
      forgetExpired();
      const found = tickets.get(ticket);
      tickets.delete(ticket);
      return found?.claim;
    },
  };
}
