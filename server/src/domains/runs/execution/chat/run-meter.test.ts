import type { ChatEvent, ChatRequest, ChatUsage } from 'strapi-plugin-skills-shared/provider';
import { RequestMeter, RunMeter } from './run-meter';
import { TokenEstimate } from './token-estimate';

const request: Pick<ChatRequest, 'messages'> = {
  messages: [{ role: 'user', content: [{ type: 'text', text: 'x'.repeat(4_000) }] }],
};
const text = (bytes: number): ChatEvent => ({ type: 'text-delta', text: 'y'.repeat(bytes) });
const usage = (inputTokens: number, outputTokens: number): ChatEvent => ({
  type: 'usage',
  usage: { inputTokens, outputTokens } satisfies ChatUsage,
});
const finish: ChatEvent = {
  type: 'finish',
  reason: 'stop',
  message: { role: 'assistant', text: '', toolCalls: [] },
  model: 'big-1',
};
const brokenOff: ChatEvent = { type: 'error', error: { code: 'unavailable', message: 'Gone.' } };

function totalsOf(...events: ChatEvent[]) {
  const meter = new RequestMeter('big', () => 1, new TokenEstimate(request));
  for (const event of events) meter.observe(event);
  const run = new RunMeter();
  run.add(meter);
  return run.totals();
}

it('takes the vendor at its word, where it gives one', () => {
  expect(totalsOf(text(8), usage(3, 2), finish)).toMatchObject({
    inputTokens: 3,
    estimatedTokens: 0,
    cost: 1,
  });
});

it('estimates what a vendor took that never tells', () => {
  const totals = totalsOf(text(400), finish);
  expect(totals).toMatchObject({ inputTokens: null, outputTokens: null, cost: null });
  expect(totals?.estimatedTokens).toBeGreaterThan(1_090);
  expect(totals?.estimatedTokens).toBeLessThan(1_150);
});

it('estimates what a vendor took beyond what it had told when it broke off', () => {
  const totals = totalsOf(usage(1_000, 0), text(4_000), brokenOff);
  expect(totals).toMatchObject({ inputTokens: 1_000, outputTokens: 0, cost: null });
  expect(totals?.estimatedTokens).toBeGreaterThan(990);
  expect(totals?.estimatedTokens).toBeLessThan(1_050);
});

it('counts nothing of a request that was refused', () => {
  expect(totalsOf(brokenOff)).toBeUndefined();
});
