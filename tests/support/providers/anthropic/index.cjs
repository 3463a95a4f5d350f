// What `import()` finds: the adapter's source, so that nothing need be built. By its path: Jest cannot tell a name from a link to it.
module.exports = require('../../../../provider-adapters/anthropic/src/index.ts');
