import type { Core, Struct } from '@strapi/types';
import type { BlobReference } from '../platform/blob-store';
import type { Migration } from '../platform/database/migrations';
import type { RouteDefinition } from './define-route';
import type { WebSocketDefinition } from './web-socket';

/** An action that an administrator grants to roles, under Settings → Roles → Plugins → Skills. */
export interface PermissionAction {
  /** Without the plugin's prefix: `skills.read` is registered as `plugin::skills.skills.read`. */
  uid: string;
  displayName: string;
  subCategory: string;
}

interface Moment {
  strapi: Core.Strapi;
}

/** A Strapi content type's schema as its author writes it; Strapi's loader adds the rest. */
export interface ContentTypePart {
  schema: Pick<
    Struct.CollectionTypeSchema,
    'kind' | 'info' | 'options' | 'pluginOptions' | 'attributes' | 'indexes'
  > & { collectionName: string };
}

/**
 * What a domain adds to the plugin. `server/src/index.ts` joins the parts, in the order of the domains, into the records that
 * Strapi's loader wants; `destroy` runs in the opposite order.
 */
export interface PluginPart {
  contentTypes?: Record<string, ContentTypePart>;
  /** Factories; each is called once, at its first use. */
  services?: Record<string, (moment: Moment) => unknown>;
  routes?: readonly RouteDefinition[];
  webSockets?: readonly WebSocketDefinition[];
  migrations?: readonly Migration[];
  /** Tables that `migrations` make: Strapi is told never to drop them. */
  tables?: readonly string[];
  /** Columns that hold digests of blobs: what none of them names is collected. */
  blobReferences?: readonly BlobReference[];
  permissions?: readonly PermissionAction[];
  register?(moment: Moment): void | Promise<void>;
  /** Our tables exist by now. */
  bootstrap?(moment: Moment): void | Promise<void>;
  destroy?(moment: Moment): void | Promise<void>;
}
