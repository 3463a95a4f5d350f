'use strict';

const { readdirSync, readFileSync } = require('node:fs');
const path = require('node:path');

const folder = path.resolve(__dirname, '..');

/**
 * The API tests by what they say of themselves: `@any-database`, that they are about something else than databases, and pass on one
 * as on another; `@own-process`, that they need Strapi as a process has it that has booted nothing before, or start servers of their own.
 */
function apiTests() {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.test.ts'))
    .sort()
    .map((name) => {
      const text = readFileSync(path.join(folder, name), 'utf8');
      return { name, anyDatabase: text.includes('@any-database'), apart: text.includes('@own-process') };
    });
}

/** Those that a database has to be tried with: all of them on SQLite, which is the one that `npm test` uses. */
function apiTestsFor(client = 'sqlite') {
  return apiTests().filter(({ anyDatabase }) => client === 'sqlite' || !anyDatabase);
}

module.exports = { apiTestsFor };
