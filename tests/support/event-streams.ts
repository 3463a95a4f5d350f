import type { RunEvent } from 'strapi-plugin-skills-shared/contracts';

interface ReadOptions {
  take?: number;
  leaving?: AbortController;
  /** Told of each event as it comes: a server that dies takes the answer with it. */
  onEvent?: (event: RunEvent) => void;
}

/**
 * Reads the events of a stream until it ends, or until there are `take` of them; then it leaves by `leaving`. Throws when an
 * `id:` line is not the event's number.
 */
export async function readEventStream(
  response: Response,
  { take = Infinity, leaving, onEvent }: ReadOptions = {},
): Promise<RunEvent[]> {
  if (response.status !== 200 && response.status !== 201)
    throw new Error(`The stream answered ${response.status}.`);
  const events: RunEvent[] = [];
  let text = '';
  const decoder = new TextDecoder();
  if (!response.body) throw new Error('The stream has no body.');
  const reader = response.body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    text += decoder.decode(part.value, { stream: true });
    const messages = text.split('\n\n');
    text = messages.pop() ?? '';
    for (const event of messages.flatMap(eventOf)) {
      events.push(event);
      onEvent?.(event);
    }
    if (events.length >= take) break;
  }
  leaving?.abort();
  return events.slice(0, take);
}

function eventOf(message: string): RunEvent[] {
  const lines = message.split('\n');
  const data = lines.find((line) => line.startsWith('data: '))?.slice('data: '.length);
  if (data === undefined) return [];
  const event: RunEvent = JSON.parse(data);
  if (lines[0] !== `id: ${event.seq}`)
    throw new Error(`The message ${message} has another id than its event.`);
  return [event];
}
