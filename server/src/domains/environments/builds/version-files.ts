import { Readable } from 'node:stream';
import type { SandboxFile } from '../../../platform/sandbox';
import type { VersionsService } from '../../versions';

/** A version's files for a sandbox, each opened when its first byte is asked for. */
export async function* versionFiles(
  versions: Pick<VersionsService, 'get' | 'files' | 'open'>,
  versionId: string,
): AsyncGenerator<SandboxFile> {
  const version = await versions.get(versionId);
  for (const { path, executable } of await versions.files(version)) {
    async function* bytes(): AsyncGenerator<Buffer> {
      yield* (await versions.open(version, path)).content;
    }
    yield { path, executable, content: () => Readable.from(bytes()) };
  }
}
