/** What has been said in a request to a model, whatever its dialect: as far as a script needs it. */
export interface Transcript {
  /** What people said, in order. */
  said: readonly string[];
  /** What tools answered, in order, those of the last turn last. */
  results: readonly string[];
  /** How often the model has had its turn. */
  turns: number;
}

type Item = Record<string, unknown>;

/** OpenAI's two dialects and Anthropic's: items of `input`, or `messages`. */
export function transcriptOf(request: object): Transcript {
  const { input, messages } = request as { input?: Item[]; messages?: Item[] };
  const items = input ?? messages ?? [];
  const said: string[] = [];
  const results: string[] = [];
  let turns = 0;
  let modelSpoke = false;
  for (const item of items) {
    const models = isModels(item);
    if (models && !modelSpoke) turns += 1;
    modelSpoke = models;
    if (models) continue;
    results.push(...resultsIn(item));
    if (item.role === 'user') said.push(...textsIn(item.content));
  }
  return { said, results, turns };
}

const models = new Set<unknown>(['function_call', 'reasoning', 'message']);

function isModels({ role, type }: Item): boolean {
  return role === 'assistant' || (role === undefined && models.has(type));
}

function textsIn(content: unknown): string[] {
  if (typeof content === 'string') return [content];
  if (!Array.isArray(content)) return [];
  const text = content.flatMap((part: Item) => (typeof part.text === 'string' ? [part.text] : [])).join('\n');
  return text === '' ? [] : [text];
}

function resultsIn({ role, type, content, output }: Item): string[] {
  if (type === 'function_call_output') return [String(output)];
  if (role === 'tool') return [String(content)];
  if (role !== 'user' || !Array.isArray(content)) return [];
  return content
    .filter((part: Item) => part.type === 'tool_result')
    .map((part: Item) => textsIn(part.content).join('\n'));
}
