import type {
  ResponseCreateParamsStreaming,
  ResponseIncludable,
  Tool,
} from 'openai/resources/responses/responses';
import type { ChatRequest } from 'strapi-plugin-skills-shared/provider';
import { isOpenAI, type Settings } from '../../connection/settings';
import { skillTool } from '../../skills/skill-types';
import { toInput } from './input';

/** Models at OpenAI that reason. Others refuse to be asked for reasoning, even for none. */
const reasoningModels = /^(o\d|gpt-(?:[6-9]|5(?!(\.\d+)?-chat))|codex)/;

/** What a tool tells of its work beyond that it worked. */
const toolIncludes: Partial<Record<Tool['type'], ResponseIncludable>> = {
  web_search: 'web_search_call.action.sources',
  file_search: 'file_search_call.results',
  code_interpreter: 'code_interpreter_call.outputs',
};

/**
 * The request's body. Nothing is stored at the vendor (`store: false`): the conversation lives with its run, and reasoning comes along
 * encrypted so that it can go back.
 */
export async function toResponseRequest(
  request: ChatRequest,
  settings: Settings,
): Promise<ResponseCreateParamsStreaming> {
  const tools = toolsOf(request);
  const reasons = isOpenAI(settings) && reasoningModels.test(request.model);
  const include = [
    ...(reasons ? (['reasoning.encrypted_content'] as const) : []),
    ...new Set(tools.flatMap(({ type }) => toolIncludes[type] ?? [])),
  ];
  return {
    model: request.model,
    input: await toInput(request.messages),
    stream: true,
    store: false,
    ...(request.instructions ? { instructions: request.instructions } : {}),
    ...(request.maxOutputTokens === undefined ? {} : { max_output_tokens: request.maxOutputTokens }),
    ...(tools.length > 0 ? { tools } : {}),
    ...(include.length > 0 ? { include } : {}),
    ...(settings.reasoningSummaries && (reasons || !isOpenAI(settings))
      ? { reasoning: { summary: 'auto' as const } }
      : {}),
  };
}

function toolsOf({ tools = [], skills = [], hostedSkills = [] }: ChatRequest): Tool[] {
  const functions = tools.map(({ name, description, inputSchema }): Tool => {
    return { type: 'function', name, description, parameters: inputSchema, strict: false };
  });
  const own = skills.map(({ skillTypeId, settings }) => skillTool(skillTypeId, settings));
  return [...functions, ...own, ...(hostedSkills.length > 0 ? [shellWith(hostedSkills)] : [])];
}

/** Bundles that live at OpenAI run by the shell tool, in a container that OpenAI makes for the request. */
function shellWith(hostedSkills: NonNullable<ChatRequest['hostedSkills']>): Tool {
  return {
    type: 'shell',
    environment: {
      type: 'container_auto',
      skills: hostedSkills.map(({ hostedId, hostedVersion }) => ({
        type: 'skill_reference',
        skill_id: hostedId,
        version: hostedVersion,
      })),
    },
  };
}
