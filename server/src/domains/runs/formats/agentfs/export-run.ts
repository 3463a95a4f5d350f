import { createReadStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import type { RunEvent, RunFile, VersionFile } from 'strapi-plugin-skills-shared/contracts';
import { ConflictError } from '../../../../http/errors';
import type { BlobStore } from '../../../../platform/blob-store';
import type { ChangesService } from '../../changes/changes-service';
import { hasEnded, type RunWithFiles } from '../../run-record';
import type { RunsService } from '../../service';
import { AgentFsWriter } from './agentfs-writer';
import { finalFiles } from './final-files';
import { runFacts } from './run-facts';
import { recount } from './tool-calls';

export interface RunExporterOptions {
  runs: Pick<RunsService, 'events'>;
  changes: Pick<ChangesService, 'list'>;
  blobs: Pick<BlobStore, 'open'>;
  /** The files of the version that a run began with. */
  filesOfVersion(versionId: string): Promise<readonly VersionFile[]>;
  /** Bytes of contents that an export may hold; twice as many are in memory while it is made. */
  maxBytes?: number;
}

/** Makes a finished run a file; the stream's end or its destruction removes that file. */
export type ExportRun = (run: RunWithFiles) => Promise<Readable>;

const MAX_BYTES = 64 * 1024 * 1024;
const EVENTS_AT_ONCE = 1_000;

/**
 * Exports runs as AgentFS databases: the skill's folder as the run left it under `/skill`, what went in under `/input`, its artifacts under
 * `/output`, its tool calls, and what else is known of it as values. One at a time, so that memory stays bounded. Rejects with 409
 * `run-not-ended`, 413 `export-too-large`.
 */
export function createRunExporter(options: RunExporterOptions): ExportRun {
  let turn: Promise<unknown> = Promise.resolve();
  return async (run) => {
    if (!hasEnded(run.status)) {
      throw new ConflictError('The run has not ended yet: only finished runs are exported.', {
        code: 'run-not-ended',
      });
    }
    const made = turn.then(() => makeFile(options, run));
    turn = made.catch(() => undefined);
    return made;
  };
}

async function makeFile(options: RunExporterOptions, run: RunWithFiles): Promise<Readable> {
  const content = await makeDatabase(options, run);
  const folder = await mkdtemp(path.join(tmpdir(), 'skills-export-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const file = path.join(folder, 'run.db');
    await writeFile(file, content, { mode: 0o600 });
    const stream = createReadStream(file);
    stream.once('close', () => void remove());
    return stream;
  } catch (error) {
    await remove();
    throw error;
  }
}

async function makeDatabase(options: RunExporterOptions, run: RunWithFiles): Promise<Uint8Array> {
  const at = run.createdAt;
  const writer = await AgentFsWriter.create({ limit: options.maxBytes ?? MAX_BYTES, at });
  try {
    await addFiles(writer, options, run);
    const { calls, events } = await recount(eventsOf(options.runs, run.id));
    for (const call of calls) writer.addCall(call);
    for (const [key, value] of Object.entries(runFacts(run, events))) writer.addValue(key, value);
    return writer.finish();
  } catch (error) {
    writer.discard();
    throw error;
  }
}

async function addFiles(
  writer: AgentFsWriter,
  { changes, blobs, filesOfVersion }: RunExporterOptions,
  run: RunWithFiles,
): Promise<void> {
  const begun = run.startedAt ?? run.createdAt;
  const ended = run.finishedAt ?? begun;
  const left = finalFiles(await filesOfVersion(run.versionId), (await changes.list(run.id)).changes);
  for (const folder of ['/skill', '/input', '/output']) writer.addFolder(folder, begun);
  for (const { path: name, digest, executable } of left)
    await writer.addFile({ path: `/skill/${name}`, executable, at: ended, open: () => blobs.open(digest) });
  const addAll = async (folder: string, files: readonly RunFile[], at: number): Promise<void> => {
    for (const { name, digest } of files)
      await writer.addFile({ path: `${folder}/${name}`, at, open: () => blobs.open(digest) });
  };
  await addAll('/input', run.inputFiles, begun);
  await addAll('/output', run.artifacts, ended);
}

async function* eventsOf(runs: Pick<RunsService, 'events'>, runId: string): AsyncGenerator<RunEvent[]> {
  for (let after = 0; ;) {
    const { events } = await runs.events(runId, after, EVENTS_AT_ONCE);
    const last = events.at(-1);
    if (!last) return;
    yield events;
    after = last.seq;
  }
}
