// What `import()` finds: Node knows no `.ts` there, while `require` reads it by Jest's transform or by register-typescript.cjs.
module.exports = require('./index.ts');
