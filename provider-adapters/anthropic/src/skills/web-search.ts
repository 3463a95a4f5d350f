import type { WebSearchTool20250305 } from '@anthropic-ai/sdk/resources/messages';
import { z } from 'zod';
import { domains, maxUses, onlyOneList } from './domains';
import { withoutUnset, type SkillTypeDefinition } from './skill-type';

const settings = z
  .object({
    maxUses,
    allowedDomains: domains('Allowed domains', 'Search only these; all of the web when there are none.'),
    blockedDomains: domains('Blocked domains', 'Never show results from these.'),
    country: z
      .string()
      .trim()
      .regex(/^([A-Za-z]{2})?$/, 'Enter a country as two letters, such as DE.')
      .transform((text) => text.toUpperCase())
      .optional()
      .meta({
        title: 'Country',
        description: 'Where to search from, as two letters (ISO 3166-1).',
        placeholder: 'DE',
      }),
    region: z.string().trim().max(255).optional().meta({ title: 'Region', placeholder: 'Bavaria' }),
    city: z.string().trim().max(255).optional().meta({ title: 'City', placeholder: 'Munich' }),
    timezone: z
      .string()
      .trim()
      .refine((name) => name === '' || isTimezone(name), 'Enter a time zone, such as Europe/Berlin.')
      .optional()
      .meta({ title: 'Time zone', description: 'As the IANA names it.', placeholder: 'Europe/Berlin' }),
  })
  .refine(onlyOneList.check, onlyOneList.issue);

function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    // That is how Intl says that there is no such zone.
    return false;
  }
}

/**
 * The first version of the tool, on purpose: every model has it. What came later (`20260209` and on) filters results by code that the
 * model writes, which needs larger models and starts a container for each search.
 */
export const webSearch: SkillTypeDefinition<typeof settings> = {
  type: {
    skillTypeId: 'web-search',
    name: 'Web search',
    description: 'Searches the web and names its sources.',
    toolScopes: ['web'],
  },
  settings,
  toPart: (given) => ({ tools: [toTool(given)], containerSkills: [] }),
};

function toTool(given: z.output<typeof settings>): WebSearchTool20250305 {
  const { country, region, city, timezone } = given;
  const place = withoutUnset({ country, region, city, timezone });
  return withoutUnset<WebSearchTool20250305>({
    type: 'web_search_20250305',
    name: 'web_search',
    ...(given.maxUses === undefined ? {} : { max_uses: given.maxUses }),
    allowed_domains: given.allowedDomains ?? [],
    blocked_domains: given.blockedDomains ?? [],
    ...(Object.keys(place).length === 0 ? {} : { user_location: { type: 'approximate', ...place } }),
  });
}
