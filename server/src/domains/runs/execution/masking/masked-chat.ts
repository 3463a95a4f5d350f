import type { ChatMessage, ChatRequest, UserPart } from 'strapi-plugin-skills-shared/provider';
import type { SecretMask } from '../../../../platform/secret-mask';
import type { RunChat } from '../../../skills';

/**
 * A run's model that is never told a secret: what a script has printed comes to it masked. What it said itself goes back as it said it: it
 * may be signed, and it holds nothing that the model was not told.
 */
export function maskedChat(chat: RunChat, mask: SecretMask): RunChat {
  if (!mask.isActive) return chat;
  return {
    connection: chat.connection,
    model: chat.model,
    stream: (request, options) => chat.stream(maskedRequest(request, mask), options),
  };
}

function maskedRequest<Request extends Omit<ChatRequest, 'model'>>(
  request: Request,
  mask: SecretMask,
): Request {
  const { instructions, messages } = request;
  return {
    ...request,
    ...(instructions !== undefined && { instructions: mask.text(instructions) }),
    messages: messages.map((message) => maskedMessage(message, mask)),
  };
}

function maskedMessage(message: ChatMessage, mask: SecretMask): ChatMessage {
  switch (message.role) {
    case 'assistant':
      return message;
    case 'tool':
      return { ...message, content: mask.text(message.content) };
    case 'user':
      return { ...message, content: message.content.map((part) => maskedPart(part, mask)) };
  }
}

function maskedPart(part: UserPart, mask: SecretMask): UserPart {
  if (part.type === 'text') return { ...part, text: mask.text(part.text) };
  const { file } = part;
  const read = async () => mask.bytes(Buffer.from(await file.read()));
  return { ...part, file: { name: mask.text(file.name), mime: file.mime, read } };
}
