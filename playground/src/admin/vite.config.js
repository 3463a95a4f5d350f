const path = require('node:path');

const root = path.resolve(__dirname, '../../..');

/** `strapi develop` serves the plugin's panel from its source, so that an edit shows at once; a build takes the built one. */
module.exports = (config) => {
  if (config.mode !== 'development') return config;
  const alias = {
    'strapi-plugin-skills/strapi-admin': path.join(root, 'strapi-admin.ts'),
    'strapi-plugin-skills-shared/contracts': path.join(root, 'shared/contracts/index.ts'),
  };
  return { ...config, resolve: { ...config.resolve, alias: { ...config.resolve?.alias, ...alias } } };
};
