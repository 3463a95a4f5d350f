import type { Core } from '@strapi/types';
import type { Context } from 'koa';
import { answerWithEvents } from '../../http/event-stream';
import { isStillAllowed } from '../../http/recheck-access';
import { uiMessageFormat } from './formats/ai-sdk/ui-message-format';
import { untilAsked } from './formats/ai-sdk/until-asked';
import type { RunRecord } from './run-record';
import { runsOf } from './runs-of';

/** Which of the two APIs is asked; each has its own paths. */
export type RunDoor = 'admin' | 'content';

export interface RunStream {
  run: Pick<RunRecord, 'id'>;
  /** The number of the last event that the reader has. */
  after: number;
  /** Of the AI SDK's format: calls that the reader has decided about, which say better than `after` what it has. */
  answered?: ReadonlySet<string>;
  format?: 'ai-sdk' | undefined;
  door: RunDoor;
  /** Rejects as soon as the caller may not see the run any more. */
  assertSeen(): Promise<unknown>;
}

/** The path of a run on one of the APIs. */
export function runPath(strapi: Core.Strapi, door: RunDoor, id: string): string {
  if (door === 'admin') return `/skills/runs/${id}`;
  return `${strapi.config.get<string>('api.rest.prefix', '/api')}/skill-runs/${id}`;
}

/** Answers with the run's events as they come, as long as the caller may see the run. */
export function streamRun(strapi: Core.Strapi, ctx: Context, stream: RunStream): void {
  const { run, after, format, assertSeen } = stream;
  const source =
    format === 'ai-sdk' ? asUiMessage(strapi, stream) : { follow: followFrom(strapi, run.id, after) };
  answerWithEvents(ctx, {
    ...source,
    stillAllowed: async () => {
      if (!(await isStillAllowed(strapi, ctx))) return false;
      await assertSeen();
      return true;
    },
    onError: (error) => strapi.log.warn(`The event stream of run ${run.id} ended: ${String(error)}`),
  });
}

function followFrom(strapi: Core.Strapi, runId: string, after: number) {
  return (signal: AbortSignal) => runsOf(strapi).follow(runId, after, signal);
}

function asUiMessage(strapi: Core.Strapi, { run: { id: runId }, after, answered, door }: RunStream) {
  const base = strapi.config.get<string>('server.absoluteUrl', '') + runPath(strapi, door, runId);
  const artifactUrl = (name: string): string =>
    `${base}/artifacts/${name.split('/').map(encodeURIComponent).join('/')}`;
  const format = uiMessageFormat({ runId, after, answered, artifactUrl });
  return {
    format,
    follow: (signal: AbortSignal) => untilAsked(runsOf(strapi), { runId, format }, signal),
  };
}
