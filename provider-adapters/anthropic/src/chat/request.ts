import type {
  MessageCreateParamsStreaming,
  ThinkingConfigParam,
  Tool,
} from '@anthropic-ai/sdk/resources/messages';
import type { ChatRequest, FunctionTool } from 'strapi-plugin-skills-shared/provider';
import { leastThinkingTokens, type Settings } from '../connection/settings';
import { hasContainer, requestPart } from '../skills/skill-types';
import { toMessages } from './messages';
import { findContainer } from './turn-state';
import type { ShowFile } from './user-files';

/** A request in Anthropic's words. Rejects with a `ProviderError` for what cannot be said in them. */
export async function toRequest(
  request: ChatRequest,
  settings: Settings,
  showFile: ShowFile,
): Promise<MessageCreateParamsStreaming> {
  const part = requestPart(request.skills, request.hostedSkills);
  const inContainer = hasContainer(part);
  const containerId = inContainer ? findContainer(request.messages) : undefined;
  const container = {
    ...(containerId === undefined ? {} : { id: containerId }),
    ...(part.containerSkills.length === 0 ? {} : { skills: part.containerSkills }),
  };
  const tools = [...part.tools, ...(request.tools ?? []).map(toTool)];
  const maxTokens = request.maxOutputTokens ?? settings.maxOutputTokens;
  const thinking = thinkingOf(settings, maxTokens);
  return {
    model: request.model,
    max_tokens: maxTokens,
    messages: await toMessages(request.messages, (file) => showFile(file, { hasContainer: inContainer })),
    stream: true,
    ...(request.instructions ? { system: request.instructions } : {}),
    ...(tools.length === 0 ? {} : { tools }),
    ...(Object.keys(container).length === 0 ? {} : { container }),
    ...(thinking === undefined ? {} : { thinking }),
  };
}

const toTool = ({ name, description, inputSchema }: FunctionTool): Tool => ({
  name,
  description,
  input_schema: { ...inputSchema, type: 'object' },
});

/** `display` is told since newer models keep their thoughts to themselves unless they are asked. */
function thinkingOf(settings: Settings, maxTokens: number): ThinkingConfigParam | undefined {
  if (settings.thinking === 'adaptive') return { type: 'adaptive', display: 'summarized' };
  if (settings.thinking !== 'budget') return undefined;
  // The budget is a part of the answer's tokens. Where these are too few to think with, there is no thinking.
  const budget = Math.min(settings.thinkingTokens, maxTokens - 1);
  return budget < leastThinkingTokens ? undefined : { type: 'enabled', budget_tokens: budget };
}
