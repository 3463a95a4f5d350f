// What `import()` finds: Node knows no `.ts` there, while `require` reads it by Jest's transform or by register-typescript.cjs.
// The names are written out so that Node finds them without running this.
const source = require('./index.ts');

exports.provider = source.provider;
exports.memoryPrices = source.memoryPrices;
exports.startMemoryPeer = source.startMemoryPeer;
