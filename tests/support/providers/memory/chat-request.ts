import type { ChatMessage, ChatRequest, UserPart } from 'strapi-plugin-skills-shared/provider';
import { toTool } from './skills';
import type { MemoryChatRequest, WireMessage } from './wire';

/** The request as the peer wants it. Files are read now. */
export async function toWire(request: ChatRequest): Promise<MemoryChatRequest> {
  const { model, instructions, maxOutputTokens, tools, skills, hostedSkills } = request;
  const selected = skills?.map(({ skillTypeId, settings }) => toTool(skillTypeId, settings)) ?? [];
  return {
    model,
    messages: await Promise.all(request.messages.map(toWireMessage)),
    ...(instructions === undefined ? {} : { instructions }),
    ...(maxOutputTokens === undefined ? {} : { maxOutputTokens }),
    ...(tools?.length ? { functions: tools as MemoryChatRequest['functions'] } : {}),
    ...(selected.length > 0 ? { tools: selected.flatMap((skill) => skill.tools) } : {}),
    ...(hostedSkills?.length
      ? {
          hosted: hostedSkills.map(({ hostedId, hostedVersion }) => ({
            id: hostedId,
            version: hostedVersion,
          })),
        }
      : {}),
  };
}

async function toWireMessage(message: ChatMessage): Promise<WireMessage> {
  if (message.role === 'user') return { role: 'user', parts: await Promise.all(message.content.map(toPart)) };
  if (message.role === 'tool') {
    const { toolCallId, content, isError } = message;
    return { role: 'tool', toolCallId, content, isError: isError ?? false };
  }
  const state = message.providerState?.providerId === 'memory' ? { state: message.providerState.data } : {};
  return { role: 'assistant', text: message.text, toolCalls: message.toolCalls, ...state };
}

async function toPart(part: UserPart) {
  if (part.type === 'text') return part;
  const bytes = await part.file.read();
  const base64 = Buffer.from(bytes).toString('base64');
  return { type: 'file' as const, name: part.file.name, mime: part.file.mime, base64 };
}
