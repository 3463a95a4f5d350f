import type { Core } from '@strapi/types';
import type { Context } from 'koa';
import type { Actor } from 'strapi-plugin-skills-shared/contracts';
import { MissingError } from '../../../../http/errors';
import { assertGranted } from '../../../../http/recheck-access';
import { resumeAfter } from '../../../../http/event-stream';
import { configOf } from '../../../../config';
import { blobsOf } from '../../../../platform/blob-store';
import { databaseOf } from '../../../../platform/database';
import type { SkillRecord } from '../../../skills';
import { ownRun } from '../../access';
import { hasEnded } from '../../run-record';
import { runsOf } from '../../runs-of';
import { startFromRequest, type StartContext } from '../../starting/start-from-request';
import { runPath, streamRun, type RunStream } from '../../stream-run';
import { isChatBody, readChatBody, type ChatRequest } from './chat-body';
import { createRunChats } from './run-chats';

/** The grant that deciding about tool calls takes on the content API, whichever route it is done by. */
const DECIDE = 'plugin::skills.run.decide';

/**
 * Answers a request of a chat, or of whoever wants a run as the AI SDK's message stream: starts a run, or answers what a run of the caller
 * waits for, and streams what comes of it. Rejects before the stream as starting and deciding do.
 */
export async function answerChat(strapi: Core.Strapi, ctx: Context, start: StartContext): Promise<void> {
  const { body } = ctx.request;
  const chat = isChatBody(body) ? readChatBody(body, configOf(strapi).run) : undefined;
  if (chat?.type === 'decide') return decide(strapi, ctx, start, chat);
  const { run, replayed } = await startFromRequest(
    ctx,
    { runs: runsOf(strapi), blobs: blobsOf(strapi), limits: configOf(strapi).run },
    { ...start, ...(chat && { body: chat.body }) },
  );
  const { actor, skill } = start;
  if (chat)
    await createRunChats(databaseOf(strapi)).remember(
      { actor, skillId: skill.id, chatId: chat.chatId },
      run.id,
    );
  ctx.set('Location', runPath(strapi, 'content', run.id));
  if (replayed) ctx.set('Idempotent-Replayed', 'true');
  stream(strapi, ctx, { runId: run.id, after: resumeAfter(ctx, 0), actor });
}

/** What came before the answers, the client has. */
async function decide(
  strapi: Core.Strapi,
  ctx: Context,
  { skill, actor }: Pick<StartContext, 'skill' | 'actor'>,
  { runId, decisions }: Extract<ChatRequest, { type: 'decide' }>,
): Promise<void> {
  await assertGranted(strapi, ctx, DECIDE);
  const run = await ownRun(strapi, runId, actor);
  if (run.skillId !== skill.id) throw new MissingError('There is no such run.', { code: 'run-not-found' });
  await runsOf(strapi).approvals.decide(run.id, decisions, actor);
  const answered = new Set(decisions.map(({ callId }) => callId));
  stream(strapi, ctx, { runId: run.id, after: 0, answered, actor });
}

/** Streams the run that a chat is at, from its beginning; answers nothing (204) when there is none, or when it has ended. */
export async function resumeChat(
  strapi: Core.Strapi,
  ctx: Context,
  { skill, actor, chatId }: { skill: SkillRecord; actor: Actor; chatId: string },
): Promise<void> {
  const runId = await createRunChats(databaseOf(strapi)).find({ actor, skillId: skill.id, chatId });
  if (runId === undefined) return;
  const run = await ownRun(strapi, runId, actor);
  if (!hasEnded(run.status)) stream(strapi, ctx, { runId, after: resumeAfter(ctx, 0), actor });
}

function stream(
  strapi: Core.Strapi,
  ctx: Context,
  { runId, actor, ...from }: { runId: string; actor: Actor } & Pick<RunStream, 'after' | 'answered'>,
): void {
  const assertSeen = () => ownRun(strapi, runId, actor);
  streamRun(strapi, ctx, { run: { id: runId }, ...from, format: 'ai-sdk', door: 'content', assertSeen });
}
