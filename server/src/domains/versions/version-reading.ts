import { fileMissing, versionMissing } from './refusals';
import type { VersionsContext } from './versions-context';
import type { VersionsService } from './versions-service';

type VersionReading = Pick<
  VersionsService,
  'get' | 'find' | 'getMany' | 'getByNumber' | 'list' | 'files' | 'open'
>;

/** What only reads. */
export function createVersionReading({ repository, manifests, blobs }: VersionsContext): VersionReading {
  return {
    find: (id) => repository.find(id),

    async get(id) {
      const version = await repository.find(id);
      if (!version) throw versionMissing();
      return version;
    },

    async getMany(ids) {
      const versions = await repository.findMany([...new Set(ids)]);
      return new Map(versions.map((version) => [version.id, version]));
    },

    async getByNumber(skillId, number) {
      const version = await repository.findByNumber(skillId, number);
      if (!version) throw versionMissing();
      return version;
    },

    list: ({ skillId, publishedOnly = false, page, pageSize }) =>
      repository.list({ skillId, publishedOnly, offset: (page - 1) * pageSize, limit: pageSize }),

    files: async ({ digest }) => [...(await manifests.read(digest)).files],

    async open({ digest }, path) {
      const file = (await manifests.read(digest)).files.find((candidate) => candidate.path === path);
      if (!file) throw fileMissing(path);
      return { file, content: await blobs.open(file.digest) };
    },
  };
}
