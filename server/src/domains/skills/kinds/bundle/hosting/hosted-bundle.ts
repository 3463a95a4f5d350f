import type { HostedBundle } from 'strapi-plugin-skills-shared/provider';
import type { VersionRecord, VersionsService } from '../../../../versions';

/** A version on its way to a vendor: its files are streamed from where they are stored, one at a time. */
export async function hostedBundleOf(
  versions: Pick<VersionsService, 'files' | 'open'>,
  version: VersionRecord,
  folder: string,
): Promise<HostedBundle> {
  const files = await versions.files(version);
  return {
    name: version.metadata.name ?? folder,
    description: version.metadata.description ?? '',
    files: files.map(({ path, size }) => ({
      path,
      size,
      open: async () => (await versions.open(version, path)).content as AsyncIterable<Uint8Array>,
    })),
  };
}
