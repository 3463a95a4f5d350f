'use strict';

const { loadKeys } = require('../keys');

module.exports = ({ env }) => {
  const keys = loadKeys();
  return {
    autoOpen: false,
    serveAdminPanel: env.bool('SERVE_ADMIN_PANEL', true),
    auth: { secret: env('ADMIN_JWT_SECRET', keys.adminJwt) },
    apiToken: { salt: env('API_TOKEN_SALT', keys.apiTokenSalt) },
    transfer: { token: { salt: env('TRANSFER_TOKEN_SALT', keys.transferTokenSalt) } },
    secrets: { encryptionKey: env('ENCRYPTION_KEY', keys.encryption) },
    flags: { nps: false, promoteEE: false },
    // Browser tests log in many times a minute; the demo is one person's own machine.
    rateLimit: { enabled: false },
  };
};
