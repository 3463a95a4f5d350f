import { setTimeout as sleep } from 'node:timers/promises';
import { ConflictError, InvalidError, MissingError } from '../../../http/errors';
import type { EventBus } from '../../../platform/event-bus';
import { buildTopic, isOver, type BuildRecord } from './build-record';
import { Builder, LEASE_MS, type BuildsDependencies } from './builder';
import type { EnvironmentBuilds } from './builds-service';
import type { BuildLease } from './repository';

const KEPT_BUILDS = 10;
/** Behind the bus's hint, which may be lost. */
const POLL_MS = 1_000;
/** Pieces of output that are read at once. */
const PAGE = 200;

export function createEnvironmentBuilds(dependencies: BuildsDependencies): EnvironmentBuilds {
  const { repository, environments, bus, newId, leaseMs = LEASE_MS } = dependencies;
  const builder = new Builder(dependencies);

  async function get(id: string): Promise<BuildRecord> {
    const build = await repository.find(id);
    if (!build) throw new MissingError('There is no such build.', { code: 'build-not-found' });
    return build;
  }

  return {
    get,
    last: (skillId) => repository.last(skillId),

    async start({ skillId, versionId, author }) {
      const { setup } = await environments.get(skillId);
      if (setup.trim() === '') throw setupMissing();
      const lease: BuildLease = { id: newId(), token: newId() };
      await repository.endLost({ skill_id: skillId });
      if (!(await repository.insert({ skillId, createdBy: author }, lease, leaseMs))) throw buildActive();
      await repository.prune(skillId, KEPT_BUILDS);
      builder.take({ lease, skillId, versionId, author });
      return get(lease.id);
    },

    lines: (id, after) => repository.lines(id, after, PAGE),

    async *follow(id, after, signal) {
      let position = after;
      while (!signal.aborted) {
        // Read before its output is: what is over prints nothing any more.
        const build = await get(id);
        const lines = await repository.lines(id, position, PAGE);
        if (lines.length > 0) {
          yield lines;
          position = lines.at(-1)?.seq ?? position;
        } else if (isOver(build)) return;
        else await hintOf(bus, id, signal);
      }
    },

    async cancel(id) {
      await repository.requestCancel((await get(id)).id);
      builder.cancel(id);
    },

    removeAllOfSkill: (skillId) => repository.removeOfSkill(skillId),

    stop: () => builder.stop(),
  };
}

/** Resolves when there may be more of a build, or when it is time to look. */
async function hintOf(bus: EventBus, id: string, signal: AbortSignal): Promise<void> {
  const hint = new AbortController();
  const unsubscribe = bus.subscribe(buildTopic(id), () => hint.abort());
  try {
    await sleep(POLL_MS, undefined, { signal: AbortSignal.any([signal, hint.signal]), ref: false });
  } catch {
    // Aborted: there is news, or nobody waits for it.
  } finally {
    unsubscribe();
  }
}

function setupMissing(): InvalidError {
  return new InvalidError('There are no setup commands to make an image by: save some first.', {
    code: 'setup-missing',
    path: ['setup'],
  });
}

function buildActive(): ConflictError {
  return new ConflictError('An image of this skill is being built already.', { code: 'build-active' });
}
