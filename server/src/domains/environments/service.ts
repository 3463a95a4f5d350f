import type { Environment, EnvironmentBuild, EnvironmentSave } from 'strapi-plugin-skills-shared/contracts';
import type { BlobStore } from '../../platform/blob-store';
import type { Database } from '../../platform/database';
import type { Encryption } from '../../platform/encryption';
import { checkEnvironment } from './check-environment';
import { blankEnvironment, type EnvironmentRecord, type ImageRecord } from './environment-record';
import type { EnvironmentsService, NewImage } from './environments-service';
import type { OpenEnvironment } from './open-environment';
import { presentEnvironment, presentImage } from './presentation';
import { imageChanged, imageMissing, networkDenied, staleRevision } from './refusals';
import type { EnvironmentsRepository } from './repository';
import { bytesOf, revealSecrets, sealSecrets } from './secrets';

export interface EnvironmentsDependencies {
  database: Pick<Database, 'transaction'>;
  repository: EnvironmentsRepository;
  blobs: Pick<BlobStore, 'put' | 'open'>;
  encryption: Encryption;
  /** Bytes of an image's archive. */
  maxImageBytes: number;
  /** Whether the server's configuration opens listed hosts at all. */
  hostsAllowed: boolean;
  /** Rejects with 404 when there is no such skill any more. */
  assertSkill(skillId: string): Promise<unknown>;
  /** The skill's last build, as readers are told. */
  lastBuild(skillId: string): Promise<EnvironmentBuild | null>;
  /** Removes the builds of a purged skill, in the transaction that is open. */
  removeBuilds(skillId: string): Promise<void>;
  clock(): number;
}

export function createEnvironmentsService(dependencies: EnvironmentsDependencies): EnvironmentsService {
  const { database, repository } = dependencies;

  async function get(skillId: string): Promise<Environment> {
    const record = (await repository.find(skillId)) ?? blankEnvironment(skillId);
    const secrets = await repository.secrets(skillId);
    const build = await dependencies.lastBuild(skillId);
    return presentEnvironment(record, { secrets, build, hostsAllowed: dependencies.hostsAllowed });
  }

  return {
    get,

    async save(skillId, save, by) {
      await database.transaction(() => saveEnvironment(dependencies, skillId, save, by));
      return get(skillId);
    },

    open: (skillId) => openEnvironment(dependencies, skillId),

    async saveImage(skillId, image) {
      return presentImage(await saveImage(dependencies, skillId, image));
    },

    async removeImage(skillId) {
      await database.transaction(async () => {
        const { image } = await repository.lock(skillId);
        if (!image) throw imageMissing();
        await repository.writeImage(skillId, null);
      });
    },

    async removeAllOfSkill(skillId) {
      await dependencies.removeBuilds(skillId);
      await repository.remove(skillId);
    },
  };
}

async function saveEnvironment(
  { repository, encryption, clock }: EnvironmentsDependencies,
  skillId: string,
  save: EnvironmentSave,
  { mayGrantNetwork }: { mayGrantNetwork: boolean },
): Promise<void> {
  const before = await repository.lock(skillId);
  if (save.revision !== before.revision) throw staleRevision(save.revision, before.revision);
  const hosts = save.allowedHosts ? normalHosts(save.allowedHosts) : before.hosts;
  if (!mayGrantNetwork && !sameHosts(hosts, before.hosts)) throw networkDenied();
  const sealedBefore = await repository.secrets(skillId);
  checkEnvironment(
    save,
    sealedBefore.map((secret) => ({ name: secret.name, bytes: bytesOf(secret) })),
  );
  const now = clock();
  const sealed = sealSecrets(skillId, sealedBefore, save.secrets, { encryption, now });
  const { variables, setup } = save;
  const after: EnvironmentRecord = { ...before, variables, setup, hosts, updatedAt: now };
  await repository.update({ ...after, revision: before.revision + 1 });
  await repository.replaceSecrets(skillId, sealed);
}

async function openEnvironment(
  { repository, encryption, blobs }: EnvironmentsDependencies,
  skillId: string,
): Promise<OpenEnvironment> {
  const record = (await repository.find(skillId)) ?? blankEnvironment(skillId);
  const secrets = revealSecrets(skillId, await repository.secrets(skillId), encryption);
  const digest = record.image?.digest;
  return {
    variables: Object.fromEntries([
      ...record.variables.map(({ name, value }) => [name, value] as const),
      ...secrets,
    ]),
    secrets: [...secrets.values()],
    hosts: record.hosts,
    image: digest === undefined ? null : { digest, open: () => blobs.open(digest) },
  };
}

/** The blob first: a row never names one that is not there. */
async function saveImage(
  { database, repository, blobs, maxImageBytes, clock, assertSkill }: EnvironmentsDependencies,
  skillId: string,
  { archive, madeBy, author, replaces, assertHeld, setupDigest }: NewImage,
): Promise<ImageRecord> {
  const { digest, size } = await blobs.put(archive, { limit: maxImageBytes });
  return database.transaction(async () => {
    // It may have been purged meanwhile.
    await assertSkill(skillId);
    await assertHeld?.();
    const before = await repository.lock(skillId);
    if ((before.image?.digest ?? null) !== replaces) throw imageChanged();
    const image: ImageRecord = {
      digest,
      size,
      madeBy,
      setupDigest: setupDigest === undefined ? (before.image?.setupDigest ?? null) : setupDigest,
      createdAt: clock(),
      createdBy: author,
    };
    await repository.writeImage(skillId, image);
    return image;
  });
}

/** Names of hosts are of no case. */
function normalHosts(hosts: readonly string[]): string[] {
  return [...new Set(hosts.map((host) => host.toLowerCase()))].sort();
}

function sameHosts(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((host, index) => host === b[index]);
}
