import type { WebFetchTool20250910 } from '@anthropic-ai/sdk/resources/messages';
import { z } from 'zod';
import { domains, maxUses, onlyOneList } from './domains';
import { withoutUnset, type SkillTypeDefinition } from './skill-type';

const settings = z
  .object({
    maxUses,
    allowedDomains: domains('Allowed domains', 'Fetch only from these; from everywhere when there are none.'),
    blockedDomains: domains('Blocked domains', 'Never fetch from these.'),
    citations: z.boolean().default(true).meta({
      title: 'Citations',
      description: 'The answer says which passages it rests on.',
    }),
    maxContentTokens: z.number().int().min(100).max(1_000_000).optional().meta({
      title: 'Longest text',
      description: 'Tokens of a page that the model gets to read, roughly; the rest is cut off.',
      placeholder: '50000',
    }),
  })
  .refine(onlyOneList.check, onlyOneList.issue);

/** The first version of the tool, for the same reason as web search: every model has it, and it starts no container. */
export const webFetch: SkillTypeDefinition<typeof settings> = {
  type: {
    skillTypeId: 'web-fetch',
    name: 'Web fetch',
    description: 'Reads pages and PDFs whose addresses stand in the conversation.',
    toolScopes: ['web'],
  },
  settings,
  toPart: (given) => ({ tools: [toTool(given)], containerSkills: [] }),
};

function toTool(given: z.output<typeof settings>): WebFetchTool20250910 {
  return withoutUnset<WebFetchTool20250910>({
    type: 'web_fetch_20250910',
    name: 'web_fetch',
    ...(given.maxUses === undefined ? {} : { max_uses: given.maxUses }),
    allowed_domains: given.allowedDomains ?? [],
    blocked_domains: given.blockedDomains ?? [],
    citations: { enabled: given.citations },
    ...(given.maxContentTokens === undefined ? {} : { max_content_tokens: given.maxContentTokens }),
  });
}
