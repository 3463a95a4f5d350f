import type { HostedBundle, HostedSkillReference } from 'strapi-plugin-skills-shared/provider';
import { ProviderError } from 'strapi-plugin-skills-shared/provider';
import type { OpenConnection } from '../../../../connections';
import type { VersionRecord } from '../../../../versions';
import { hostedBundleOf } from './hosted-bundle';
import {
  asTimeout,
  connectionInactive,
  hostedByAnother,
  invalidVersion,
  notABundle,
  placementBusy,
  readableError,
} from './hosting-errors';
import type { PlacementLease, PlacementRecord } from './placement-record';
import { leaseFor, type PlacementsDependencies } from './placements-dependencies';
import type { PlacementsService } from './placements-service';

type Publish = PlacementsService['publish'];
type Request = Parameters<Publish>[0];
type Lease = PlacementLease & { now: number };

interface Claim {
  placement: PlacementRecord;
  version: VersionRecord;
  /** Undefined where there is nothing to upload. */
  lease: Lease | undefined;
}

/** Publishing: claim the row, upload, write what came of it. */
export function createPublisher(dependencies: PlacementsDependencies): Publish {
  const { repository, connections, database, uploadTimeoutMs, log } = dependencies;

  async function upload(
    { placement, version, lease }: Claim & { lease: Lease },
    request: Request,
  ): Promise<void> {
    const signal = AbortSignal.timeout(uploadTimeoutMs);
    try {
      const connection = await connections.open(placement.connectionId, { signal });
      const bundle = await hostedBundleOf(dependencies.versions, version, request.skill.alias);
      const before = await repository.latestLive(placement.skillId, placement.connectionId);
      const reference = await send(connection, bundle, before?.hostedId ?? undefined);
      const settled = { state: 'live' as const, error: null, ...reference };
      if (await repository.settle(placement.id, lease.token, settled, await database.readClock())) return;
      log.warn(`${reference.hostedId} was uploaded too late: another server had taken the placement over.`);
      await connection.getFeature('hosted-skills').withdraw(reference);
    } catch (thrown) {
      const error = asTimeout(thrown, signal);
      const failed = { state: 'failed' as const, error: readableError(error) };
      await repository.settle(placement.id, lease.token, failed, await database.readClock());
      throw error;
    }
  }

  return async (request) => {
    if (request.skill.kind !== 'bundle') throw notABundle();
    // Opened before anything is written: what cannot be used leaves no trace.
    const opened = await connections.open(request.connection, {
      signal: AbortSignal.timeout(uploadTimeoutMs),
      evenInactive: true,
    });
    opened.getFeature('hosted-skills');
    const lease = await leaseFor(dependencies, uploadTimeoutMs);
    const claim = await database.transaction(() => claimRow(dependencies, request, opened.id, lease));
    if (claim.lease) await upload({ ...claim, lease: claim.lease }, request);
    return (await repository.find(claim.placement.id)) ?? claim.placement;
  };
}

/** In the open transaction: freezes the version, and takes the row of its content at the connection where it is to be taken. */
async function claimRow(
  { versions, connections, repository, newId }: PlacementsDependencies,
  { skill, version: { id: versionId }, author }: Request,
  connectionId: string,
  lease: Lease,
): Promise<Claim> {
  const connection = await connections.lock(connectionId);
  if (!connection.active) throw connectionInactive(connection.name);
  await versions.freeze(versionId);
  const version = await versions.get(versionId);
  if (version.errorCount > 0) throw invalidVersion();
  const fresh: PlacementRecord = {
    id: newId(),
    skillId: skill.id,
    versionId,
    versionNumber: version.number,
    digest: version.digest,
    connectionId,
    state: 'publishing',
    hostedId: null,
    hostedVersion: null,
    error: null,
    createdBy: author,
    createdAt: lease.now,
    updatedAt: lease.now,
  };
  if (await repository.insert(fresh, lease)) return { placement: fresh, version, lease };
  const there = await repository.lockAt(connectionId, version.digest);
  if (!there) throw placementBusy();
  if (there.skillId !== skill.id) throw hostedByAnother();
  if (there.state === 'live') return { placement: there, version, lease: undefined };
  const { id: _id, createdAt: _createdAt, ...again } = fresh;
  if (await repository.claim(there.id, ['failed', 'missing'], again, lease))
    return { placement: there, version, lease };
  if (there.state === 'withdrawing') throw placementBusy();
  return { placement: there, version, lease: undefined };
}

/** As another version of what is there. A skill that somebody removed at the vendor is published anew. */
async function send(
  connection: OpenConnection,
  bundle: HostedBundle,
  hostedId: string | undefined,
): Promise<HostedSkillReference> {
  const feature = connection.getFeature('hosted-skills');
  if (hostedId === undefined) return feature.publish(bundle);
  try {
    return await feature.republish(hostedId, bundle);
  } catch (error) {
    if (!ProviderError.is(error) || error.status !== 404) throw error;
    return feature.publish(bundle);
  }
}
