import { defineProvider, specificationVersion } from 'strapi-plugin-skills-shared/provider';
import { chat } from './chat/chat';
import { settingsSchema } from './connection/settings';
import { embedding } from './embedding';
import { icon } from './icon';
import { testConnection } from './test-connection';

/** OpenAI, and servers that speak its API. */
export const provider = defineProvider({
  specificationVersion,
  id: 'openai',
  displayName: 'OpenAI',
  description:
    'OpenAI’s models, tools and hosted skills; also Ollama, vLLM and other servers that speak its API.',
  icon,
  settingsSchema,
  capabilities: { chat, embedding },
  testConnection,
});

export default provider;
