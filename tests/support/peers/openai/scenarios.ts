import type { PeerAnswer } from './answers';
import type { StreamPlan } from './sse';

export type OpenAIPeerScenario =
  | 'answer'
  | 'answer-with-tool-call'
  | 'slow-answer'
  | 'unauthorized'
  | 'forbidden'
  | 'rate-limited'
  | 'server-error'
  | 'malformed'
  | 'broken-stream'
  | 'unreachable';

/** What every request gets instead of an answer. `key` is quoted as OpenAI quotes it: its ends, the middle starred out. */
export function refusalOf(scenario: OpenAIPeerScenario, key: string): PeerAnswer | undefined {
  switch (scenario) {
    case 'unauthorized':
      return {
        status: 401,
        failure: {
          code: 'invalid_api_key',
          message: `Incorrect API key provided: ${key.slice(0, 8)}${'*'.repeat(12)}${key.slice(-4)}. You can find your API key at https://platform.openai.com/account/api-keys.`,
        },
      };
    case 'forbidden':
      return { status: 403, failure: { code: 'forbidden', message: `Key ${key} may not do this.` } };
    case 'rate-limited':
      return {
        status: 429,
        headers: { 'retry-after': '2' },
        failure: { code: 'rate_limit_exceeded', message: `Rate limit reached for key ${key}.` },
      };
    case 'server-error':
      return { status: 500, failure: { code: 'server_error', message: `Internal error for ${key}.` } };
    case 'answer':
    case 'answer-with-tool-call':
    case 'slow-answer':
    case 'malformed':
    case 'broken-stream':
    case 'unreachable':
      return undefined;
  }
}

/** How streams go wrong: the first step only opens the answer, the second opens its message, the third says something. */
export function streamPlanOf(scenario: OpenAIPeerScenario): Partial<StreamPlan> {
  if (scenario === 'slow-answer') return { silentAfter: 3 };
  if (scenario === 'broken-stream') return { brokenAfter: 3 };
  return {};
}

/** What the model does that is asked to use a function. */
export function callFirstFunction(
  tools: readonly { type: string; name?: string; function?: { name: string } }[],
): PeerAnswer {
  const tool = tools.find(({ type }) => type === 'function');
  return {
    toolCalls: [
      { id: 'call_1', name: tool?.name ?? tool?.function?.name ?? 'lookup', arguments: { query: 'peer' } },
    ],
  };
}
