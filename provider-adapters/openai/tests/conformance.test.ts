import {
  describeProviderConformance,
  type ConformanceSubject,
  type Peer,
  type PeerScenario,
} from 'strapi-plugin-skills-shared/conformance';
import type { Fetch } from 'strapi-plugin-skills-shared/provider';
import { startOpenAIPeer } from '../../../tests/support/peers/openai';
import type { Settings } from '../src/connection/settings';
import { provider } from '../src/index';

const apiKey = 'sk-proj-conformance-0123456789abcdef';
const skillSettings = { 'file-search': { vectorStoreIds: ['vs_1'] } };

async function openPeer(scenario: PeerScenario): Promise<Peer<Settings>> {
  const peer = await startOpenAIPeer({ apiKey, scenario });
  return {
    fetch: globalThis.fetch,
    settings: { baseUrl: peer.url },
    requests: peer.requests,
    close: async () => {
      await peer.close();
      if (peer.failures.length > 0) throw new Error(peer.failures.join('\n'));
    },
  };
}

const subject = (api: Settings['api']): ConformanceSubject<Settings> => ({
  provider,
  settings: { apiKey, api, reasoningSummaries: false },
  secrets: [apiKey],
  models: { chat: 'gpt-5.4-mini', embedding: 'text-embedding-3-small' },
  skillSettings,
  open: openPeer,
});

const functions = { describe, it, expect, beforeEach, afterEach };

describe('over the Responses API', () => describeProviderConformance(functions, subject('responses')));

/** A server that has Chat Completions alone has none of OpenAI's tools: skills are refused there, in words. */
const withoutTools = 'Chat Completions knows neither OpenAI’s tools nor its containers.';
const gaps = Object.fromEntries(
  [
    'skills/types',
    'hosted/publish',
    'hosted/republish',
    'hosted/withdraw',
    'hosted/used-in-chat',
    'hosted/errors',
  ].map((id) => [id, withoutTools]),
);

describe('over Chat Completions', () =>
  describeProviderConformance(functions, { ...subject('chat-completions'), gaps }));

/** What OpenAI cannot be asked to do: it is never down on demand. */
const atOpenAI: readonly PeerScenario[] = ['answer', 'answer-with-tool-call', 'unauthorized'];

/** Before OpenAI itself. What is wrong with credentials is tried with a key that nobody has. */
function liveSubject(key: string): ConformanceSubject<Settings> {
  return {
    ...subject('responses'),
    settings: { apiKey: key, api: 'auto', reasoningSummaries: false },
    secrets: [key],
    open: (scenario) => (atOpenAI.includes(scenario) ? openLive(scenario) : openPeerFor(scenario, key)),
  };
}

async function openPeerFor(scenario: PeerScenario, key: string): Promise<Peer<Settings>> {
  const peer = await startOpenAIPeer({ apiKey: key, scenario });
  return {
    fetch: globalThis.fetch,
    settings: { baseUrl: peer.url, api: 'responses' },
    requests: peer.requests,
    close: () => peer.close(),
  };
}

function openLive(scenario: PeerScenario): Promise<Peer<Settings>> {
  const requests: { url: string; method: string; body: string }[] = [];
  const fetch: Fetch = (input, init) => {
    const headers = new Headers(init?.headers);
    if (scenario === 'unauthorized') headers.set('authorization', 'Bearer sk-nobody-has-this-key');
    requests.push({
      url: String(input),
      method: init?.method ?? 'GET',
      body: typeof init?.body === 'string' ? init.body : '',
    });
    return globalThis.fetch(input, { ...init, headers });
  };
  return Promise.resolve({ fetch, requests, close: () => Promise.resolve() });
}

// Registered only where there is a key: CI counts a test that is skipped as one that fails.
const key = process.env.OPENAI_API_KEY;
if (key) describe('live at OpenAI', () => describeProviderConformance(functions, liveSubject(key)));
else process.stdout.write('OPENAI_API_KEY is not set: the conformance suite does not run live.\n');
