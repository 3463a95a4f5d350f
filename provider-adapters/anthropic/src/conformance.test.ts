import {
  describeProviderConformance,
  type ConformanceSubject,
  type Peer,
  type PeerRequest,
  type PeerScenario,
} from 'strapi-plugin-skills-shared/conformance';
import type { Fetch } from 'strapi-plugin-skills-shared/provider';
import { startAnthropicPeer } from '../../../tests/support/peers/anthropic';
import { settingsSchema, type Settings } from './connection/settings';
import { provider } from './index';

const functions = { describe, it, expect, beforeEach, afterEach };

async function openPeer(scenario: PeerScenario, apiKey: string): Promise<Peer<Settings>> {
  const peer = await startAnthropicPeer({ scenario, apiKey });
  return {
    fetch: globalThis.fetch,
    settings: { baseUrl: peer.url },
    requests: peer.requests,
    async close() {
      await peer.close();
      expect(peer.failures).toEqual([]);
    },
  };
}

const subject = (
  apiKey: string,
  open: ConformanceSubject<Settings>['open'],
): ConformanceSubject<Settings> => ({
  provider,
  settings: settingsSchema.parse({ apiKey }),
  secrets: [apiKey],
  models: { chat: 'claude-haiku-4-5' },
  open,
});

const localKey = 'sk-ant-conformance-0123456789';
describe('before a local peer', () =>
  describeProviderConformance(
    functions,
    subject(localKey, (scenario) => openPeer(scenario, localKey)),
  ));

/** What Anthropic can be asked to do: it is never down on demand. */
const atAnthropic: readonly PeerScenario[] = ['answer', 'answer-with-tool-call', 'unauthorized'];

/** Anthropic itself. What is wrong with credentials is tried with a key that nobody has. */
function openLive(scenario: PeerScenario): Promise<Peer<Settings>> {
  const requests: PeerRequest[] = [];
  const fetch: Fetch = (input, init) => {
    const headers = new Headers(init?.headers);
    if (scenario === 'unauthorized') {
      headers.delete('authorization');
      headers.set('x-api-key', 'sk-ant-nobody-has-this-key');
    }
    const body = typeof init?.body === 'string' ? init.body : '';
    requests.push({ url: String(input), method: init?.method ?? 'GET', body });
    return globalThis.fetch(input, { ...init, headers });
  };
  return Promise.resolve({ fetch, requests, close: () => Promise.resolve() });
}

// Registered only where there is a key: CI counts a test that is skipped as one that fails.
const key = process.env['ANTHROPIC_API_KEY'];
if (key) {
  const open = (scenario: PeerScenario) =>
    atAnthropic.includes(scenario) ? openLive(scenario) : openPeer(scenario, key);
  describe('live at Anthropic', () => describeProviderConformance(functions, subject(key, open)));
} else {
  process.stdout.write('ANTHROPIC_API_KEY is not set: the conformance suite does not run live.\n');
}
