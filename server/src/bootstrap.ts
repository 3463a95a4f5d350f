import type { Core } from '@strapi/types';
import { serveWebSockets } from './http/web-socket-server';
import { parts } from './parts';
import { registerPermissions } from './permissions';
import { createDatabase, migrate, persistTables } from './platform/database';

/** Strapi has made the content types' tables by now; ours follow, and then what needs them. */
export async function bootstrap({ strapi }: { strapi: Core.Strapi }): Promise<void> {
  const { dialect } = createDatabase(strapi);
  await migrate(
    strapi.db.connection,
    dialect,
    parts.flatMap((part) => part.migrations ?? []),
  );
  await persistTables(
    strapi,
    parts.flatMap((part) => part.tables ?? []),
  );
  await registerPermissions(
    strapi,
    parts.flatMap((part) => part.permissions ?? []),
  );
  for (const part of parts) await part.bootstrap?.({ strapi });
  serveWebSockets(
    strapi,
    parts.flatMap((part) => part.webSockets ?? []),
  );
}
