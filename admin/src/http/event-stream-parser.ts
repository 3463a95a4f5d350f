/** One message of a server-sent event stream. `id` is the last id that the stream had named by then. */
export interface StreamMessage {
  id: string;
  event: string;
  data: string;
}

/**
 * Reads server-sent events from text that arrives in any pieces: a line, or a CRLF, may be cut anywhere. Comments and unknown
 * fields are skipped, and a message that the stream's end cuts off is dropped. Source: the HTML Standard, 9.2.6.
 */
export function createEventStreamParser(): { push(text: string): StreamMessage[] } {
  let rest = '';
  let first = true;
  let id = '';
  let event = '';
  let data: string[] = [];

  const readField = (line: string) => {
    const colon = line.indexOf(':');
    if (colon === 0) return;
    const field = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'data') data.push(value);
    else if (field === 'event') event = value;
    else if (field === 'id' && !value.includes('\0')) id = value;
  };

  return {
    push(text) {
      rest += text;
      if (first && rest.length > 0) {
        rest = rest.replace(/^\uFEFF/, '');
        first = false;
      }
      const messages: StreamMessage[] = [];
      for (;;) {
        const end = rest.search(/\r|\n/);
        // A CR at the very end may be half of a CRLF: wait for the next piece.
        if (end === -1 || (rest[end] === '\r' && end === rest.length - 1)) return messages;
        const line = rest.slice(0, end);
        rest = rest.slice(end + (rest[end] === '\r' && rest[end + 1] === '\n' ? 2 : 1));
        if (line !== '') {
          readField(line);
          continue;
        }
        if (data.length > 0) messages.push({ id, event: event || 'message', data: data.join('\n') });
        event = '';
        data = [];
      }
    },
  };
}
