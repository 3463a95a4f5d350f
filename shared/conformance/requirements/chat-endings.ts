import type { ChatEvent } from '../../provider';
import { demand, drain, rejection, show, within } from '../assertions';
import type { Stand } from '../bench';
import type { Requirement } from '../requirement';

const patience = 2_000;

/** Reads until the first text is there. The iterator stands behind it. */
async function firstText({ chat, request }: Stand) {
  const iterator = chat().stream(request())[Symbol.asyncIterator]();
  const seen: ChatEvent[] = [];
  for (;;) {
    const { value, done } = await within(patience, 'The first text must come', iterator.next());
    demand(done !== true, `The answer ended before its first text: ${show(seen)}.`);
    seen.push(value);
    if (value.type === 'text-delta') return iterator;
  }
}

function cancelled(events: readonly ChatEvent[]): void {
  const last = events.at(-1);
  demand(
    last?.type === 'error' && last.error.code === 'cancelled',
    `An aborted answer must end with the error "cancelled"; it ended with ${show(last)}.`,
  );
}

export const chatEndingRequirements: readonly Requirement[] = [
  {
    id: 'chat/abort-before',
    says: 'an answer that is aborted before it starts ends as cancelled and asks nobody',
    needs: 'chat',
    async check({ open, expect }) {
      const { chat, request, peer } = await open('answer', { signal: AbortSignal.abort() });
      const events = await within(patience, 'The answer must end', drain(chat().stream(request())));
      expect(events.length).toBe(1);
      cancelled(events);
      expect(peer.requests.length).toBe(0);
      await rejection('listModels', chat().listModels(), ['cancelled']);
    },
  },
  {
    id: 'chat/abort-during',
    says: 'aborting in the middle ends the request and the answer, as cancelled',
    needs: 'chat',
    async check({ open, expect }) {
      const controller = new AbortController();
      const stand = await open('slow-answer', { signal: controller.signal });
      const iterator = await firstText(stand);
      controller.abort();
      const rest = drain({ [Symbol.asyncIterator]: () => iterator });
      cancelled(await within(patience, 'The answer must end', rest));
      expect(stand.calls.map(({ ended }) => ended)).toEqual(stand.calls.map(() => true));
    },
  },
  {
    id: 'chat/early-end',
    says: 'a reader that stops reading ends the request',
    needs: 'chat',
    async check({ open, expect }) {
      const stand = await open('slow-answer');
      const iterator = await firstText(stand);
      demand(iterator.return !== undefined, 'The iteration cannot be ended early.');
      await within(patience, 'Ending the iteration must be done', iterator.return());
      expect(stand.calls.at(-1)?.ended).toBe(true);
    },
  },
  {
    id: 'connection/abort',
    says: 'a test of the connection that is aborted rejects as cancelled',
    async check({ open, subject }) {
      const { context } = await open('answer', { signal: AbortSignal.abort() });
      const test = subject.provider.testConnection(context);
      await within(patience, 'The test must end', rejection('testConnection', test, ['cancelled']));
    },
  },
];
