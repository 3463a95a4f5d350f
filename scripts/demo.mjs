import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { build } from './build.mjs';
import { checkNode, ensureInstalled } from './install.mjs';
import { runScript, ScriptError } from './steps.mjs';

const defaultPort = 1337;

/** Where to listen: PORT and HOST, or this machine alone at Strapi's usual port. */
function readAddress() {
  const host = process.env.HOST || '127.0.0.1';
  const port = Number(process.env.PORT || defaultPort);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new ScriptError(`PORT is "${process.env.PORT}"; it must be a number from 1 to 65535.`);
  }
  return { host, port };
}

const reasons = {
  EADDRINUSE: (host, port) =>
    `Port ${port} is in use by another program. Stop it, or choose another port: PORT=${port + 1} npm run demo`,
  EACCES: (host, port) =>
    `This user may not listen on port ${port}. Choose one above 1023: PORT=${defaultPort} npm run demo`,
};

/** Fails before minutes of building when the server could not listen in the end. */
function checkAddress({ host, port }) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error) => {
      const reason =
        reasons[error.code]?.(host, port) ?? `Cannot listen on ${host}, port ${port}: ${error.message}`;
      reject(new ScriptError(reason));
    });
    server.listen(port, host, () => server.close(resolve));
  });
}

/**
 * npm hands a signal to the shell that it started, and that shell dies of it without a word to this process, which would then
 * keep the port for ever. A missing parent is taken for the signal.
 */
function stopWithParent() {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM');
  }, 500);
  watch.unref();
}

/**
 * From a fresh clone to a running playground: installs and builds what is missing, then serves. Until dependencies are
 * installed only Node's own modules exist, so what needs them is loaded last.
 */
runScript(async () => {
  checkNode();
  stopWithParent();
  const address = readAddress();
  await checkAddress(address);
  await ensureInstalled();
  await build(['shared', 'adapters', 'plugin', 'panel'], { ifChanged: true });
  const require = createRequire(import.meta.url);
  require('../tests/support/register-typescript.cjs');
  const { serveDemo } = require('./demo/serve-demo.ts');
  process.exitCode = await serveDemo(address);
});
