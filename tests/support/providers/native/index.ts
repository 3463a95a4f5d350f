import { defineProvider } from 'strapi-plugin-skills-shared/provider';
import { provider as memory } from '../memory/index';

const { chat } = memory.capabilities;
const skills = chat!.features!.skills!;

/** As the memory provider, but that its tools are those of OpenAI's requests, with more beside them than the tools alone. */
export const provider = defineProvider({
  ...memory,
  id: 'native',
  displayName: 'Native',
  capabilities: {
    chat: {
      ...chat!,
      features: {
        skills: {
          ...skills,
          toTool: (context, skillTypeId, settings) => ({
            ...skills.toTool(context, skillTypeId, settings),
            dialect: 'openai',
            request: { container: { type: 'auto' } },
            headers: { 'x-vendor-beta': 'tools-1' },
          }),
        },
      },
    },
  },
});
