import type { RunEventPayload } from 'strapi-plugin-skills-shared/contracts';
import { eventsOf } from './fixtures/chunks';
import { untilAsked } from './until-asked';
import { uiMessageFormat } from './ui-message-format';

const wait: RunEventPayload = { type: 'run-wait', reason: 'approval', until: '2026-12-01T00:00:00.000Z' };
const ask: RunEventPayload = { type: 'approval-request', callId: 'a', name: 'bash', input: {} };

describe('following a run for a chat', () => {
  it('ends where a person is asked, for a reader too that has all of it', async () => {
    const events = eventsOf([ask, wait]);
    const format = uiMessageFormat({ runId: 'run-1', after: 2, artifactUrl: (name) => name });
    const runs = {
      async *follow() {
        yield events;
        throw new Error('Nobody decides.');
      },
      get: () => Promise.resolve({ lastSeq: 2 } as never),
    };
    for await (const batch of untilAsked(runs, { runId: 'run-1', format }, new AbortController().signal)) {
      expect(format.write(batch)).toBe('');
    }
    expect(format.end()).toContain('tool-approval-request');
  });
});
