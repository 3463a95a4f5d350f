import { defineProvider, specificationVersion } from 'strapi-plugin-skills-shared/provider';
import { chat } from './chat/chat';
import { settingsSchema } from './connection/settings';
import { icon } from './icon';
import { testConnection } from './test-connection';

/** Anthropic as a provider of strapi-plugin-skills. */
export const provider = defineProvider({
  specificationVersion,
  id: 'anthropic',
  displayName: 'Anthropic',
  description: 'Claude, with web search, web fetch, code execution, document skills and hosted bundles.',
  icon,
  settingsSchema,
  capabilities: { chat },
  testConnection,
});

export default provider;
