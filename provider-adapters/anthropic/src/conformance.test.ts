import { describeProviderConformance } from 'strapi-plugin-skills-shared/conformance';
import { startAnthropicPeer } from '../../../tests/support/peers/anthropic';
import { settingsSchema } from './connection/settings';
import { provider } from './index';

const apiKey = 'sk-ant-conformance-0123456789';
const functions = { describe, it, expect, beforeEach, afterEach };

describeProviderConformance(functions, {
  provider,
  settings: settingsSchema.parse({ apiKey }),
  secrets: [apiKey],
  models: { chat: 'claude-haiku-4-5' },
  async open(scenario) {
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
  },
});
