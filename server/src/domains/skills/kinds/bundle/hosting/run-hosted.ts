import type { UserPart } from 'strapi-plugin-skills-shared/provider';
import { InvalidError } from '../../../../../http/errors';
import type { InputFile, RunContext, RunOutcome } from '../../kind';
import { answerOnce } from '../../provider/executor';

/** One request to a model at the vendor where this content lives, with the bundle in its container. */
export async function runHosted(context: RunContext): Promise<RunOutcome> {
  const { prompt, inputFiles } = context;
  if (prompt === null)
    throw new InvalidError('Say in a prompt what the skill should do.', { code: 'prompt-required' });
  const [reference, chat] = await Promise.all([context.hosted(), context.chat()]);
  const content: UserPart[] = [
    { type: 'text', text: withInput(prompt, context.input) },
    ...inputFiles.map((file): UserPart => ({ type: 'file', file: chatFile(file) })),
  ];
  return answerOnce(context, chat, { messages: [{ role: 'user', content }], hostedSkills: [reference] });
}

/** An input is for the bundle's scripts; the model hands it on. */
function withInput(prompt: string, input: unknown): string {
  const isEmpty =
    input === null || input === undefined || (typeof input === 'object' && Object.keys(input).length === 0);
  return isEmpty ? prompt : `${prompt}\n\nInput (JSON):\n${JSON.stringify(input)}`;
}

function chatFile(file: InputFile) {
  return {
    name: file.name,
    mime: file.mime,
    async read() {
      const chunks: Buffer[] = [];
      for await (const chunk of (await file.open()) as AsyncIterable<Buffer>) chunks.push(chunk);
      return Buffer.concat(chunks);
    },
  };
}
