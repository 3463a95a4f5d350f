import type { Core } from '@strapi/types';
import type { PluginPart } from '../../http/plugin-part';
import { blobsOf, type BlobReference } from '../../platform/blob-store';
import { databaseOf } from '../../platform/database';
import type { ContentLimits } from './content-limits';
import { ENTRIES_TABLE, versionsMigrations, versionsTables } from './migrations';
import { createVersionsService } from './service';
import type { VersionsService } from './versions-service';

/** Off the full hour, when everybody else's jobs run. */
const COLLECTION_RULE = '17 * * * *';

const blobReferences: readonly BlobReference[] = [{ table: ENTRIES_TABLE, column: 'blob_digest' }];

export const versionsPart: PluginPart = {
  migrations: versionsMigrations,
  tables: versionsTables,
  blobReferences,
  services: {
    versions: ({ strapi }) =>
      createVersionsService({
        database: databaseOf(strapi),
        blobs: blobsOf(strapi),
        limits: strapi.config.get<ContentLimits>('plugin::skills.bundle'),
      }),
  },
  bootstrap({ strapi }) {
    strapi.cron.add({
      'skills-garbage': {
        task: async () => {
          const { manifests, blobs } = await versionsOf(strapi).collectGarbage();
          if (manifests + blobs > 0)
            strapi.log.info(`Skills: removed ${blobs} unused blobs and ${manifests} manifests.`);
        },
        options: { rule: COLLECTION_RULE },
      },
    });
  },
};

export function versionsOf(strapi: Core.Strapi): VersionsService {
  return strapi.plugin('skills').service('versions');
}
