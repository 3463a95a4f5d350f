'use strict';

const options = require('../options');

module.exports = () => ({
  skills: { enabled: options().enabled, resolve: './src/plugins/skills', config: options().skills },
  'users-permissions': { config: { jwtSecret: 'a-secret-of-tests-alone' } },
});
