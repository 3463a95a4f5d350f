'use strict';

const path = require('node:path');

/** SQLite unless DATABASE_CLIENT names another; `DATABASE_*` as in Strapi's own template. */
module.exports = ({ env }) => {
  const client = env('DATABASE_CLIENT', 'sqlite');
  const server = (port, user) => ({
    host: env('DATABASE_HOST', '127.0.0.1'),
    port: env.int('DATABASE_PORT', port),
    database: env('DATABASE_NAME', 'skills_playground'),
    user: env('DATABASE_USERNAME', user),
    password: env('DATABASE_PASSWORD', ''),
    ssl: env.bool('DATABASE_SSL', false),
  });
  const connections = {
    sqlite: () => ({
      connection: { filename: path.resolve(__dirname, '..', env('DATABASE_FILENAME', '.tmp/data.db')) },
      useNullAsDefault: true,
    }),
    postgres: () => ({ connection: server(5432, 'postgres'), pool: { min: 0, max: 10 } }),
    mysql: () => ({ connection: server(3306, 'root'), pool: { min: 0, max: 10 } }),
  };
  if (!Object.hasOwn(connections, client)) {
    throw new Error(`DATABASE_CLIENT is "${client}"; it may be ${Object.keys(connections).join(', ')}.`);
  }
  return { connection: { client, ...connections[client]() } };
};
