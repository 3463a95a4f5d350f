import { describeProviderConformance } from 'strapi-plugin-skills-shared/conformance';
import { openConformancePeer } from './conformance-peer';
import { provider } from './index';

const apiKey = 'sk-memory-0123456789abcdef';

describeProviderConformance(
  { describe, it, expect, beforeEach, afterEach },
  {
    provider,
    settings: { apiKey, baseUrl: 'http://127.0.0.1:1', defaultModel: 'memory-large' },
    secrets: [apiKey],
    models: { chat: 'memory-large', embedding: 'memory-embedding' },
    open: openConformancePeer,
  },
);
