import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Core } from '@strapi/types';
import type * as StrapiPackage from '@strapi/strapi';
import { CommandError } from './command-error';

/** The host app's own copy of Strapi: the plugin may be linked from elsewhere, and two copies share no state. */
function requireStrapi(appDir: string): typeof StrapiPackage {
  const manifest = path.join(appDir, 'package.json');
  if (!existsSync(manifest)) {
    throw new CommandError(
      `There is no Strapi app in ${appDir}: run this in the app's folder, or name it with --app.`,
    );
  }
  const { dependencies = {} } = JSON.parse(readFileSync(manifest, 'utf8')) as {
    dependencies?: Record<string, string>;
  };
  if (!('@strapi/strapi' in dependencies)) {
    throw new CommandError(`${appDir} is no Strapi app: its package.json does not depend on @strapi/strapi.`);
  }
  return createRequire(manifest)('@strapi/strapi') as typeof StrapiPackage;
}

/**
 * Boots the Strapi app in `appDir` without listening, hands it to `work`, and shuts it down whatever happens. Nothing that
 * waits for the HTTP server is started: such a process never claims a run.
 */
export async function withHostApp<Result>(
  appDir: string,
  work: (strapi: Core.Strapi) => Promise<Result>,
): Promise<Result> {
  const { compileStrapi, createStrapi } = requireStrapi(appDir);
  // Strapi reads the app's files from the working directory in more places than it takes as options.
  process.chdir(appDir);
  const dirs = await compileStrapi({ appDir });
  const app = createStrapi({ ...dirs, autoReload: false, serveAdminPanel: false });
  app.log.level = 'error';
  try {
    await app.load();
    if (!app.plugin('skills')) {
      throw new CommandError(`The plugin "skills" is not enabled in ${appDir}: look at config/plugins.`);
    }
    return await work(app);
  } finally {
    await app.destroy();
  }
}
