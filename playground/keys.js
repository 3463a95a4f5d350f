'use strict';

const { randomBytes } = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');

const file = path.join(__dirname, '.keys.json');
const secret = () => randomBytes(32).toString('base64url');

function generate() {
  return {
    appKeys: [secret(), secret()],
    adminJwt: secret(),
    apiTokenSalt: secret(),
    transferTokenSalt: secret(),
    encryption: secret(),
    jwt: secret(),
  };
}

/**
 * The playground's keys. They are made at the first start and kept in a git-ignored file that only its owner may read: a
 * key in the repository would be everybody's key. Two processes that start at once agree, because the file is created
 * whole by one of them.
 */
function loadKeys() {
  if (!fs.existsSync(file)) {
    const draft = `${file}.${process.pid}`;
    fs.writeFileSync(draft, JSON.stringify(generate(), null, 2), { mode: 0o600 });
    try {
      fs.linkSync(draft, file);
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    } finally {
      fs.unlinkSync(draft);
    }
  }
  return JSON.parse(fs.readFileSync(file, 'utf8'));
}

module.exports = { loadKeys };
