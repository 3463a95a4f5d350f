import { appendFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { createStrapi } from '@strapi/strapi';
import { kinds, type Executor } from '../../server/src/domains/skills';

/**
 * A server in a process of its own, for tests that kill it: boots the test app that `SKILLS_TEST_APP` describes, listens, and
 * prints its address; Strapi itself ends it at SIGTERM. Each execution of a run leaves a line with the run's id in the file `SKILLS_EXECUTIONS`, written before
 * anything else happens: what is executed twice is there twice, whatever became of its events.
 */
async function serve(): Promise<void> {
  const executor: { execute: Executor['execute'] } = kinds.get('bundle').executor;
  const execute = executor.execute.bind(executor);
  executor.execute = (context) => {
    appendFileSync(process.env.SKILLS_EXECUTIONS ?? '', `${context.runId}\n`);
    return execute(context);
  };
  const appDir = path.join(__dirname, 'app');
  const app = createStrapi({ appDir, distDir: appDir, serveAdminPanel: false, autoReload: false });
  await app.load();
  app.server.mount();
  const { httpServer } = app.server;
  await new Promise<void>((resolve) => httpServer.listen(0, '127.0.0.1', resolve));
  const { port } = httpServer.address() as AddressInfo;
  process.stdout.write(`listening on http://127.0.0.1:${port}\n`);
}

void serve();
