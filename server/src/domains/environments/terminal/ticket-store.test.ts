import { createTicketStore } from './ticket-store';

describe('one-time tickets', () => {
  let now = 0;
  const open = () => createTicketStore<string>(() => now);
  beforeEach(() => (now = 1_000));

  it('are good once', () => {
    const tickets = open();
    const { ticket } = tickets.issue('ada', 'first');
    expect(tickets.redeem(ticket)).toBe('first');
    expect(tickets.redeem(ticket)).toBeUndefined();
  });

  it('are good for half a minute', () => {
    const tickets = open();
    const early = tickets.issue('ada', 'early');
    now += 29_999;
    const late = tickets.issue('ada', 'late');
    now += 1;
    expect(early.expiresAt).toBe(31_000);
    expect(tickets.redeem(early.ticket)).toBeUndefined();
    expect(tickets.redeem(late.ticket)).toBe('late');
  });

  it('cannot be guessed', () => {
    const tickets = open();
    const issued = Array.from({ length: 5 }, () => tickets.issue('ada', 'x').ticket);
    expect(new Set(issued).size).toBe(5);
    expect(Math.min(...issued.map((ticket) => ticket.length))).toBeGreaterThanOrEqual(43);
    for (const guess of ['', '0', '__proto__', 'constructor', issued[0]?.slice(1) ?? '']) {
      expect(tickets.redeem(guess)).toBeUndefined();
    }
  });

  it('are few for each holder, the latest ones', () => {
    const tickets = open();
    const other = tickets.issue('grace', 'hers');
    const issued = Array.from({ length: 11 }, (_, index) => tickets.issue('ada', String(index)).ticket);
    expect(issued.map((ticket) => tickets.redeem(ticket))).toEqual([
      undefined,
      ...Array.from({ length: 10 }, (_, index) => String(index + 1)),
    ]);
    expect(tickets.redeem(other.ticket)).toBe('hers');
  });
});
