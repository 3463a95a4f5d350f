import { visibleText } from '../../../../ui/plain-text';
import type { ToolItem } from './trajectory-item';

/** As much of an input as tells one call from another. */
const summaryCharacters = 160;

/** What tools are most often asked by, the most telling first. */
const tellingKeys = ['query', 'url', 'command', 'code', 'path', 'skill', 'name', 'prompt'];

/** What the tool was asked, where that is known. */
export const inputOf = ({ call, request }: Pick<ToolItem, 'call' | 'request'>): unknown =>
  call ? call.input : request?.input;

/** A field of a tool's input, where it is text: a model may send anything. */
export function textIn(input: unknown, key: string): string | undefined {
  if (typeof input !== 'object' || input === null) return undefined;
  const value: unknown = new Map<string, unknown>(Object.entries(input)).get(key);
  return typeof value === 'string' ? value : undefined;
}

/** The call's input in a line: what it is asked by, else the JSON. */
export function summaryOf(item: Pick<ToolItem, 'call' | 'request'>): string {
  const input = inputOf(item);
  const told =
    typeof input === 'string'
      ? input
      : tellingKeys.map((key) => textIn(input, key)).find((value) => value !== undefined && value !== '');
  const text = told ?? JSON.stringify(input) ?? '';
  if (text === '{}' || text === 'null') return '';
  return visibleText(text.slice(0, summaryCharacters)).replace(/\s+/g, ' ');
}
