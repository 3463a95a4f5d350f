import type { Peer, PeerScenario } from 'strapi-plugin-skills-shared/conformance';
import { startMemoryPeer, type MemoryFailure } from './peer';
import { callFunction, echo, type Answer, type Script } from './script';
import type { MemorySettings } from './settings';

const failures: Partial<Record<PeerScenario, MemoryFailure>> = {
  forbidden: { status: 403 },
  'rate-limited': { status: 429, headers: { 'retry-after': '2' } },
  'server-error': { status: 500 },
  malformed: { status: 200, body: '<html>Welcome</html>\n' },
};

const slow: Answer = [{ type: 'text', text: 'Well' }, { type: 'hang' }];
const broken: Answer = [{ type: 'text', text: 'Well' }, { type: 'wait', ms: 20 }, { type: 'cut' }];

const scripts: Partial<Record<PeerScenario, Script>> = {
  'answer-with-tool-call': callFunction,
  'slow-answer': () => slow,
  'broken-stream': () => broken,
};

/** A memory peer that behaves as the conformance suite wants it. */
export async function openConformancePeer(scenario: PeerScenario): Promise<Peer<MemorySettings>> {
  const accepted = scenario === 'unauthorized' ? { apiKey: 'another key' } : {};
  const peer = await startMemoryPeer({ script: scripts[scenario] ?? echo, ...accepted });
  peer.fail(failures[scenario] ?? null);
  if (scenario === 'unreachable') await peer.close();
  const { url: baseUrl, requests } = peer;
  return {
    fetch: globalThis.fetch,
    settings: { baseUrl },
    requests,
    close: () => (scenario === 'unreachable' ? Promise.resolve() : peer.close()),
  };
}
