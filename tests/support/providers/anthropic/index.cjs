// What `import()` finds: the adapter's source, by Jest's mapping of its name or by register-typescript.cjs, so that nothing need be built.
module.exports = require('strapi-provider-skills-anthropic');
