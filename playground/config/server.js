'use strict';

const { loadKeys } = require('../keys');

module.exports = ({ env }) => ({
  // The demo's administrator is known by a file on this machine: other machines are let in by HOST only.
  host: env('HOST', '127.0.0.1'),
  port: env.int('PORT', 1337),
  url: env('PUBLIC_URL', ''),
  app: { keys: env.array('APP_KEYS', loadKeys().appKeys) },
  logger: {
    config: { level: env('LOG_LEVEL', 'http') },
    updates: { enabled: false },
    startup: { enabled: env.bool('STARTUP_MESSAGE', true) },
  },
});
