import type { RunEventPayload } from 'strapi-plugin-skills-shared/contracts';
import type { ChatRequest, JsonObject } from 'strapi-plugin-skills-shared/provider';
import { InvalidError } from '../../../../http/errors';
import type { Executor, RunChat, RunContext, RunOutcome } from '../kind';
import { pumpChat, type PumpContext } from './pump-chat';
import { promptOf } from './run';

/** What the `run-start` of a run says that works at a vendor. */
export function startAtVendor({ connection, model }: RunChat): RunEventPayload {
  const { id, name } = connection;
  return { type: 'run-start', isolation: 'provider', model, connection: { id, name } };
}

/**
 * Runs that are one request to a model at a vendor: `output` is `{ text, citations, finishReason }`, files are artifacts. Nobody waits
 * for the start to be stored: the vendor is asked at once.
 */
export async function answerOnce(
  context: PumpContext,
  chat: RunChat,
  request: Omit<ChatRequest, 'model'>,
): Promise<RunOutcome> {
  const started = context.emit(startAtVendor(chat));
  const [answer] = await Promise.all([pumpChat(context, chat, request), started]);
  const { text, citations, finishReason } = answer;
  return { status: 'completed', output: { text, citations, finishReason } };
}

/** Asks the model of the skill's connection, with the skill's tool switched on. */
export const providerExecutor: Executor = {
  async execute(context: RunContext): Promise<RunOutcome> {
    const { provider } = context.version.metadata;
    const prompt = promptOf(context.prompt, context.input);
    if (!provider || prompt === undefined) {
      throw new InvalidError('This version is bound to no connection.', { code: 'version-invalid' });
    }
    const { skillTypeId, settings } = provider;
    return answerOnce(context, await context.chat(), {
      messages: [{ role: 'user', content: [{ type: 'text', text: prompt }] }],
      skills: [{ skillTypeId, settings: settings as JsonObject }],
    });
  },
};
