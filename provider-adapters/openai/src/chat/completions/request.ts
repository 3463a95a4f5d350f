import type { ChatCompletionCreateParamsStreaming } from 'openai/resources/chat/completions';
import type { ChatRequest } from 'strapi-plugin-skills-shared/provider';
import { isOpenAI, type Settings } from '../../connection/settings';
import { toMessages } from './messages';

export async function toCompletionRequest(
  request: ChatRequest,
  settings: Settings,
): Promise<ChatCompletionCreateParamsStreaming> {
  const { model, tools = [], maxOutputTokens } = request;
  return {
    model,
    messages: await toMessages(request),
    stream: true,
    stream_options: { include_usage: true },
    ...(tools.length === 0
      ? {}
      : {
          tools: tools.map(({ name, description, inputSchema }) => ({
            type: 'function',
            function: { name, description, parameters: inputSchema },
          })),
        }),
    ...(maxOutputTokens === undefined ? {} : limit(maxOutputTokens, settings)),
  };
}

/** OpenAI's reasoning models refuse the old name; other servers know no other. */
function limit(tokens: number, settings: Settings) {
  return isOpenAI(settings) ? { max_completion_tokens: tokens } : { max_tokens: tokens };
}
