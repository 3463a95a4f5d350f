import type { WebSearchTool } from 'openai/resources/responses/responses';
import { z } from 'zod';
import type { SkillTypeDefinition } from './definition';
import { toolEntry } from './tool-entry';

const domain = z
  .string()
  .trim()
  .regex(
    /^(?!-)[a-z0-9-]+(\.[a-z0-9-]+)+$/i,
    'Enter a domain without https:// and path, such as docs.strapi.io.',
  );

const settings = z.object({
  searchContextSize: z
    .enum(['low', 'medium', 'high'])
    .optional()
    .meta({
      title: 'Search context size',
      description: 'How much of what was found the model gets to read. More costs more.',
      enumNames: ['Low', 'Medium', 'High'],
    }),
  allowedDomains: z.array(domain).max(100).optional().meta({
    title: 'Allowed domains',
    description: 'Search only these and their subdomains; all of the web when there are none.',
    placeholder: 'docs.strapi.io',
  }),
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
  region: z.string().trim().max(100).optional().meta({ title: 'Region', placeholder: 'Bavaria' }),
  city: z.string().trim().max(100).optional().meta({ title: 'City', placeholder: 'Munich' }),
  timezone: z
    .string()
    .trim()
    .refine((name) => name === '' || isTimezone(name), 'Enter a time zone, such as Europe/Berlin.')
    .optional()
    .meta({ title: 'Time zone', description: 'As the IANA names it.', placeholder: 'Europe/Berlin' }),
});

function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    // That is how Intl says that there is no such zone.
    return false;
  }
}

export const webSearch: SkillTypeDefinition<typeof settings> = {
  type: {
    skillTypeId: 'web-search',
    name: 'Web search',
    description: 'Searches the web and names its sources.',
    toolScopes: ['web'],
  },
  settings,
  toEntry({ searchContextSize, allowedDomains, country, region, city, timezone }) {
    const place = { country, region, city, timezone };
    const isPlaced = Object.values(place).some(Boolean);
    return toolEntry<WebSearchTool>({
      type: 'web_search',
      search_context_size: searchContextSize,
      user_location: isPlaced ? { type: 'approximate', ...place } : undefined,
      filters: { allowed_domains: allowedDomains },
    });
  },
};
