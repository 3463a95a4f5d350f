import { InvalidError } from '../../http/errors';
import type { BlobStore } from '../../platform/blob-store';
import type { Database } from '../../platform/database';
import { addVersion } from './add-version';
import { changeVersion } from './change-version';
import { collectGarbage } from './collect-garbage';
import { defaultContentLimits, type ContentLimits } from './content-limits';
import { digestOfFiles } from './manifests/manifest';
import { createManifestStore } from './manifests/manifest-store';
import { createVersionsRepository } from './repository';
import { createVersionReading } from './version-reading';
import type { VersionsContext } from './versions-context';
import type { VersionsService } from './versions-service';

export function createVersionsService(dependencies: {
  database: Database;
  blobs: BlobStore;
  limits?: ContentLimits;
  clock?: () => number;
}): VersionsService {
  const { database, blobs, limits = defaultContentLimits, clock = Date.now } = dependencies;
  const repository = createVersionsRepository(database);
  const manifests = createManifestStore({ database, blobs });
  const context: VersionsContext = { database, blobs, limits, repository, manifests, clock };
  const reading = createVersionReading(context);

  return {
    ...reading,

    add: async (request) => reading.get(await addVersion(context, request)),

    async change(request) {
      const { id, opened } = await changeVersion(context, request);
      return { version: await reading.get(id), opened };
    },

    digestOf: digestOfFiles,

    async freeze(id) {
      await repository.freeze(id, clock());
      await reading.get(id);
    },

    async publish(id, note, author) {
      const published = await repository.publish(id, { note, author: author ?? null, at: clock() });
      const version = await reading.get(id);
      if (published) return version;
      throw new InvalidError('This version has errors; mend them before it is published.', {
        code: 'version-invalid',
      });
    },

    removeAll: (skillId) => repository.removeAll(skillId),

    collectGarbage: async () => collectGarbage({ manifests, blobs, now: await database.readClock() }),
  };
}
