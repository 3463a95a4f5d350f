import type { Context } from 'koa';
import type { Actor, RunCreate, RunFile, RunOrigin } from 'strapi-plugin-skills-shared/contracts';
import { InvalidError } from '../../../http/errors';
import type { BlobStore } from '../../../platform/blob-store';
import type { SkillRecord } from '../../skills';
import type { VersionRecord } from '../../versions';
import type { RunsService } from '../service';
import { nameUploads, type NamedUpload } from './input-files';
import type { AskedTarget } from './resolve-target';
import { readStartBody } from './start-body';
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

/** Agents choose among the places where a bundle lives; whose credentials a skill uses otherwise is not theirs to say. */
function assertSelectable({ execution, connection }: RunCreate): void {
  if (connection === undefined || execution === 'hosted') return;
  throw new InvalidError('Only a run with the execution "hosted" can be given a connection.', {
    code: 'connection-fixed',
    path: ['connection'],
  });
}

/** Starts the run that a request asks for. Its files are stored first; those of a refused request are collected later. */
export async function startFromRequest(
  ctx: Context,
  options: StartFromRequestOptions,
  { skill, chooseVersion, actor, origin }: StartContext,
): Promise<StartedRun> {
  const body = readStartBody(ctx, options.limits);
  if (origin === 'api') assertSelectable(body);
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
    origin,
    startedBy: actor,
    ...(key === '' ? {} : { idempotencyKey: key }),
  });
}
