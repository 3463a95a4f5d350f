import { ProviderError } from 'strapi-plugin-skills-shared/provider';
import { retryAfterMs } from '../src/connection/retry-after';
import { settingsSchema } from '../src/connection/settings';
import { vendorSentence } from '../src/connection/vendor-sentence';
import { prices } from '../src/prices';
import { chatOf, collect, say } from './connected';

const apiKey = 'sk-proj-0123456789abcdefghij';

/** The error of a chat that the server answers so. */
async function failureOf(status: number, body: unknown, headers: Record<string, string> = {}) {
  const fetch = () => Promise.resolve(Response.json(body, { status, headers }));
  const { events } = await collect(chatOf({ apiKey }, { fetch }).stream(say('Hi')));
  expect(events).toHaveLength(1);
  return (events[0] as unknown as { error: Record<string, unknown> }).error;
}

const body = (code: string | null, message = `It failed for key ${apiKey}.`) => ({
  error: { message, type: 'some_error', param: null, code },
});

it.each([
  [400, 'invalid-request', false],
  [401, 'authentication', false],
  [403, 'permission', false],
  [404, 'invalid-request', false],
  [405, 'unsupported-feature', false],
  [408, 'timeout', false],
  [409, 'invalid-request', false],
  [413, 'invalid-request', false],
  [418, 'invalid-request', false],
  [422, 'invalid-request', false],
  [429, 'rate-limited', true],
  [500, 'unavailable', false],
  [501, 'unsupported-feature', false],
  [502, 'unavailable', false],
  [503, 'unavailable', true],
  [504, 'timeout', false],
  [529, 'unavailable', true],
])('tells status %i as %s, retryable %s, without the key', async (status, code, retryable) => {
  const error = await failureOf(status, body('some_code'), { 'x-request-id': 'req_1' });
  expect(error).toMatchObject({ code, status, retryable, requestId: 'req_1' });
  expect(JSON.stringify(error)).not.toContain('0123456789');
});

it('does not ask again where credit has run out', async () => {
  expect(await failureOf(429, body('insufficient_quota'))).toMatchObject({
    code: 'rate-limited',
    retryable: false,
    message: 'The account at OpenAI has no credit left; see its plan and billing.',
  });
});

it('repeats what the vendor says to people about a request that it refuses, on one line', async () => {
  const error = await failureOf(400, body('invalid_value', "Invalid size: 'huge'.\nUse '1024x1024'."));
  expect(error.message).toBe(
    "OpenAI refused the request (status 400): Invalid size: 'huge'. Use '1024x1024'.",
  );
  const plain = await failureOf(400, { error: 'model is required' });
  expect(plain.message).toBe('OpenAI refused the request (status 400): model is required');
});

it.each([
  ['Incorrect API key provided: sk-proj-****************ghij.', 'Incorrect API key provided: ***'],
  [`Key ${apiKey} is bad`, 'Key *** is bad'],
  ['Header was Bearer abc.def', 'Header was Bearer ***'],
  ['Another key sk-live_abcdef too', 'Another key *** too'],
  [`${'long '.repeat(100)}`, `${'long '.repeat(100).slice(0, 299)}…`],
])('masks %s', (text, expected) => {
  const settings = settingsSchema.parse({ apiKey });
  expect(vendorSentence(text, settings)).toBe(expected);
});

it.each([
  [{ 'retry-after': '2' }, 2_000],
  [{ 'retry-after': '0.5' }, 500],
  [{ 'retry-after-ms': '1500', 'retry-after': '2' }, 1_500],
  [{ 'retry-after': 'Sat, 21 Nov 2026 12:00:30 GMT' }, 30_000],
  [{ 'retry-after': 'Sat, 21 Nov 2026 11:00:00 GMT' }, 0],
  [{ 'retry-after': '999999999' }, 86_400_000],
  [{ 'retry-after': 'soon' }, undefined],
  [{}, undefined],
])('reads how long to wait from %j as %s ms', (headers, expected) => {
  expect(retryAfterMs(new Headers(headers), Date.parse('2026-11-21T12:00:00Z'))).toBe(expected);
});

it('passes on what the fetch that it was given refuses', async () => {
  const refusal = new ProviderError({ code: 'permission', message: 'Private addresses are not allowed.' });
  const fetch = () => Promise.reject(new TypeError('fetch failed', { cause: refusal }));
  const { events } = await collect(chatOf({ apiKey }, { fetch }).stream(say('Hi')));
  expect(events).toEqual([
    {
      type: 'error',
      error: { code: 'permission', message: 'Private addresses are not allowed.', retryable: false },
    },
  ]);
});

it('knows each price once, with cached input never dearer than input', () => {
  expect(new Set(prices.map(({ model }) => model)).size).toBe(prices.length);
  for (const { input, output, cachedInput = input } of prices) {
    expect(cachedInput).toBeLessThanOrEqual(input);
    expect(output).toBeGreaterThan(input);
  }
});
