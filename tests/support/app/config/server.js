'use strict';

module.exports = {
  host: '127.0.0.1',
  port: 0,
  app: { keys: ['a-key-of-tests-alone'] },
  logger: { updates: { enabled: false }, startup: { enabled: false }, config: { level: 'error' } },
};
