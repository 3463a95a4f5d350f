import { z } from 'zod';

const domain = z
  .string()
  .trim()
  .regex(
    /^(?!-)[a-z0-9-]+(\.[a-z0-9-]+)+(\/\S*)?$/i,
    'Enter a domain without https://, such as docs.strapi.io; a path may follow.',
  );

export const domains = (title: string, description: string) =>
  z.array(domain).max(100).optional().meta({ title, description, placeholder: 'docs.strapi.io' });

/** Anthropic takes only one of the two lists; an empty one counts as none. */
export const onlyOneList = {
  check: (lists: { allowedDomains?: string[] | undefined; blockedDomains?: string[] | undefined }): boolean =>
    !(lists.allowedDomains?.length && lists.blockedDomains?.length),
  issue: {
    path: ['blockedDomains'],
    message: 'Allow some domains or block some: both at once is not possible.',
  },
};

export const maxUses = z
  .number()
  .int()
  .min(1)
  .max(100)
  .optional()
  .meta({ title: 'Most uses', description: 'How often the model may use it in one request.' });
