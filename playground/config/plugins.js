'use strict';

const { loadKeys } = require('../keys');

module.exports = ({ env }) => ({
  'users-permissions': { config: { jwtSecret: env('JWT_SECRET', loadKeys().jwt) } },
});
