import { AbstractChat, DefaultChatTransport, type ChatInit, type ChatState, type UIMessage } from 'ai';

/** The state that `useChat` keeps in React, kept in memory. */
class MemoryState implements ChatState<UIMessage> {
  status: ChatState<UIMessage>['status'] = 'ready';
  error: Error | undefined;
  messages: UIMessage[];

  constructor(messages: UIMessage[]) {
    this.messages = messages;
  }

  pushMessage = (message: UIMessage): void => void (this.messages = [...this.messages, message]);
  popMessage = (): void => void (this.messages = this.messages.slice(0, -1));
  replaceMessage = (index: number, message: UIMessage): void => {
    this.messages = this.messages.map((known, at) => (at === index ? structuredClone(message) : known));
  };
  snapshot = <Thing>(thing: Thing): Thing => structuredClone(thing);
}

/** The AI SDK's own chat, as `useChat` has it, without React. */
export class ChatClient extends AbstractChat<UIMessage> {
  constructor({ messages = [], ...init }: ChatInit<UIMessage>) {
    super({ ...init, state: new MemoryState(messages) });
  }

  /** The text of the last message. */
  get text(): string {
    return (this.lastMessage?.parts ?? [])
      .flatMap((part) => (part.type === 'text' ? [part.text] : []))
      .join('');
  }
}

/** The transport that `useChat` has by itself, at an address of the content API. */
export function chatTransport(
  api: string,
  token: string,
  body: object = {},
): DefaultChatTransport<UIMessage> {
  return new DefaultChatTransport({ api, headers: { Authorization: `Bearer ${token}` }, body });
}
