'use strict';

module.exports = {
  auth: { secret: 'a-secret-of-tests-alone' },
  apiToken: { salt: 'a-salt-of-tests-alone' },
  transfer: { token: { salt: 'a-salt-of-tests-alone' } },
  secrets: { encryptionKey: 'an-encryption-key-of-tests-alone' },
  rateLimit: { enabled: false },
};
