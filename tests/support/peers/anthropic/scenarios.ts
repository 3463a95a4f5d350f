import type { StreamPlan } from '../openai/sse';
import type { PeerAnswer } from './answers';

export type AnthropicPeerScenario =
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

/** What every request gets instead of an answer. It quotes the key, as no vendor should and some do. */
export function refusalOf(scenario: AnthropicPeerScenario, key: string): PeerAnswer | undefined {
  const refusal = (
    status: number,
    type: string,
    message: string,
    headers?: Record<string, string>,
  ): PeerAnswer => ({
    status,
    failure: { type, message },
    ...(headers ? { headers } : {}),
  });
  switch (scenario) {
    case 'unauthorized':
      return refusal(401, 'authentication_error', `invalid x-api-key ${key}`);
    case 'forbidden':
      return refusal(403, 'permission_error', `Key ${key} may not do this.`);
    case 'rate-limited':
      return refusal(429, 'rate_limit_error', `Rate limit of ${key} reached.`, { 'retry-after': '2' });
    case 'server-error':
      return refusal(500, 'api_error', `Internal error for ${key}.`);
    case 'answer':
    case 'answer-with-tool-call':
    case 'slow-answer':
    case 'malformed':
    case 'broken-stream':
    case 'unreachable':
      return undefined;
  }
}

/** How streams go wrong: the first step only opens the message, the second says something. */
export function streamPlanOf(scenario: AnthropicPeerScenario): Partial<StreamPlan> {
  if (scenario === 'slow-answer') return { silentAfter: 2 };
  if (scenario === 'broken-stream') return { brokenAfter: 2 };
  return {};
}
