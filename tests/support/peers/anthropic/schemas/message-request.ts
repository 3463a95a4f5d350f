import type * as sdk from '@anthropic-ai/sdk/resources/messages';
import { z } from 'zod';
import { exact, id, unused } from '../../openai/schemas/exact';
import { assistantBlock, userBlock } from './blocks';
import { containerSkill, tool } from './tools';

const userMessage = exact<sdk.UserMessageParam>()({
  role: z.literal('user'),
  content: z.union([z.string().min(1), z.array(userBlock).min(1)]),
});

const assistantMessage = exact<sdk.AssistantMessageParam>()({
  role: z.literal('assistant'),
  content: z.union([z.string().min(1), z.array(assistantBlock).min(1)]),
});

const thinking = z.discriminatedUnion('type', [
  exact<sdk.ThinkingConfigEnabled>()({
    type: z.literal('enabled'),
    budget_tokens: z.number().int().min(1_024),
    display: z.enum(['summarized', 'omitted']).optional(),
  }),
  exact<sdk.ThinkingConfigAdaptive>()({
    type: z.literal('adaptive'),
    display: z.enum(['summarized', 'omitted']).optional(),
  }),
]);

/** A request as the SDK's types and the vendor's documentation have it. */
export const messageRequestSchema = exact<sdk.MessageCreateParamsBase>()({
  model: id,
  max_tokens: z.number().int().min(1),
  messages: z.array(z.discriminatedUnion('role', [userMessage, assistantMessage])).min(1),
  system: z.string().min(1).optional(),
  stream: z.boolean().optional(),
  thinking: thinking.optional(),
  tools: z.array(tool).min(1).optional(),
  container: exact<sdk.ContainerParams>()({
    id: id.optional(),
    skills: z.array(containerSkill).min(1).max(8).optional(),
  }).optional(),
  stop_sequences: unused,
  tool_choice: unused,
  metadata: unused,
  cache_control: unused,
  diagnostics: unused,
  inference_geo: unused,
  output_config: unused,
  service_tier: unused,
  speed: unused,
  user_profile_id: unused,
  workspace_id: unused,
}).superRefine((request, { addIssue }) => {
  for (const message of problems(request)) addIssue({ code: 'custom', message });
});

export type MessageRequest = z.output<typeof messageRequestSchema>;
type RequestToCheck = Pick<MessageRequest, 'messages' | 'tools' | 'container' | 'thinking' | 'max_tokens'>;

/** What the types cannot say. */
function problems({
  messages,
  tools = [],
  container,
  thinking: thought,
  max_tokens,
}: RequestToCheck): string[] {
  const found: string[] = [];
  if (messages[0]?.role !== 'user') found.push('The first message must be a user’s.');
  if (new Set(tools.map(({ name }) => name)).size !== tools.length) found.push('Two tools have one name.');
  const runsCode = tools.some(({ name }) => name === 'code_execution');
  if (container && !runsCode) found.push('A container needs the code execution tool.');
  if (thought?.type === 'enabled' && thought.budget_tokens >= max_tokens)
    found.push('The budget must be less than max_tokens.');
  return [...found, ...unansweredCalls(messages)];
}

/** Every call of a tool of the caller's is answered in the message that follows it, and no other is. */
function unansweredCalls(messages: MessageRequest['messages']): string[] {
  return messages.flatMap(({ content }, index) => {
    const calls = idsOf(content, 'tool_use');
    const results = idsOf(messages[index + 1]?.content ?? [], 'tool_result');
    const wrong = [...calls, ...results].filter((each) => !calls.includes(each) || !results.includes(each));
    return wrong.map(
      (each) => `tool_use ${each} and its tool_result do not stand in messages that follow each other`,
    );
  });
}

type Content = MessageRequest['messages'][number]['content'];

function idsOf(content: Content, type: 'tool_use' | 'tool_result'): string[] {
  if (typeof content === 'string') return [];
  return content.flatMap((block) => {
    if (block.type !== type) return [];
    return block.type === 'tool_use' ? [block.id] : block.type === 'tool_result' ? [block.tool_use_id] : [];
  });
}
