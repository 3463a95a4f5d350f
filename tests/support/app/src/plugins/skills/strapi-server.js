'use strict';

// Needs a TypeScript transform: Jest's, or tests/support/register-typescript.cjs.
module.exports = require('../../../../../../strapi-server.ts').default;
