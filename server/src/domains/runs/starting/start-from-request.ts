import type { Context } from 'koa';
import type { Actor, RunCreate, RunFile, RunOrigin } from 'strapi-plugin-skills-shared/contracts';
import { InvalidError } from '../../../http/errors';
import type { BlobStore } from '../../../platform/blob-store';
import type { SkillRecord, SkillViewer } from '../../skills';
import type { VersionRecord } from '../../versions';
import type { RunsService } from '../service';
import { nameUploads, type NamedUpload } from './input-files';
import type { AskedTarget } from './resolve-target';
import { readStartBody, type StartBody } from './start-body';
import type { StartedRun } from './start-run';

export interface StartFromRequestOptions {
  runs: Pick<RunsService, 'start'>;
  blobs: Pick<BlobStore, 'put'>;
  limits: { maxInputFileBytes: number };
}

export interface StartContext {
  skill: SkillRecord;
  /** Chooses the version that this caller may run. `number` is undefined when it named none. */
  chooseVersion(number: number | undefined): Promise<VersionRecord>;
  actor: Actor;
  origin: RunOrigin;
  /** What is asked for, where the request's body says it in another way. */
  body?: StartBody;
  /** With whose eyes the caller sees skills. */
  viewer: SkillViewer;
}

async function store(
  { upload, name, mime }: NamedUpload,
  { blobs, limits }: StartFromRequestOptions,
): Promise<RunFile> {
  const blob = await blobs.put(upload.open(), { limit: limits.maxInputFileBytes });
  return { name, mime, ...blob };
}

/** What the caller left out stays out: an idempotency key covers what was asked for. */
function pickTarget({ execution, connection, model }: RunCreate): AskedTarget {
  return {
    ...(execution && { execution }),
    ...(connection !== undefined && { connection }),
    ...(model !== undefined && { model }),
  };
}

/** What only some runs are told. */
function pickAgentOptions({ skills, budget, approval, thread }: RunCreate) {
  return {
    ...(skills && { skills }),
    ...(budget && { budget }),
    ...(approval && { approval }),
    ...(thread !== undefined && { threadId: thread }),
  };
}

/** Threads are the backoffice's way to keep its runs in order. */
function assertNoThread({ thread }: RunCreate): void {
  if (thread === undefined) return;
  throw new InvalidError('Threads are for runs of the backoffice: leave "thread" out.', {
    code: 'thread-unused',
    path: ['thread'],
  });
}

/** Starts the run that a request asks for. Its files are stored first; those of a refused request are collected later. */
export async function startFromRequest(
  ctx: Context,
  options: StartFromRequestOptions,
  { skill, chooseVersion, actor, origin, viewer, body = readStartBody(ctx, options.limits) }: StartContext,
): Promise<StartedRun> {
  if (origin === 'api') assertNoThread(body);
  const version = await chooseVersion(body.version);
  const uploads = nameUploads(body.uploads, version.metadata);
  const inputFiles: RunFile[] = [];
  for (const upload of uploads) inputFiles.push(await store(upload, options));
  const key = ctx.get('Idempotency-Key');
  return options.runs.start({
    skill,
    version,
    versionNumber: body.version ?? null,
    input: body.input,
    prompt: body.prompt ?? null,
    inputFiles,
    ...pickTarget(body),
    ...pickAgentOptions(body),
    origin,
    viewer,
    startedBy: actor,
    ...(key === '' ? {} : { idempotencyKey: key }),
  });
}
