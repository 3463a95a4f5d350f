import path from 'node:path';

const from = (vendor: string) => ({ resolve: path.join(__dirname, 'providers', vendor) });

/** The adapters of this repository, from their source: what `config.providers` wants. */
export const vendorProviders = {
  'strapi-provider-skills-openai': from('openai'),
  'strapi-provider-skills-anthropic': from('anthropic'),
};
