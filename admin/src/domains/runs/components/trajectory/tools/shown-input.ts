import { visibleText } from '../../../../../ui/plain-text';
import { comparedCharacters, shownCharacters } from '../../../../../ui/shown-length';
import { textIn } from '../tool-summary';

type Special =
  | { kind: 'command'; command: string }
  | { kind: 'edit'; path: string; before: string; after: string; comparable: boolean }
  | { kind: 'write'; path: string; content: string };

/**
 * What a tool is asked, as it is shown: in the form that its kind is best read in, and all that this form leaves out in `rest`, as JSON.
 * An input that is not what the tool takes is `other`, whole. People decide by it, so nothing in it hides: what is `cut` on the page says
 * so, and can be had whole.
 */
export type ShownInput =
  (Special & { rest?: string; cut: boolean }) | { kind: 'other'; text: string; cut: boolean };

const json = (value: unknown): string => visibleText(JSON.stringify(value, null, 2) ?? 'null');
const isLong = (text: string): boolean => text.length > shownCharacters;

export function shownInput(name: string, input: unknown): ShownInput {
  const shown = specialOf(name, input);
  if (!shown) {
    const text = typeof input === 'string' ? visibleText(input) : json(input);
    return { kind: 'other', text, cut: isLong(text) };
  }
  const { special, keys } = shown;
  const left = Object.entries(input as object).filter(([key]) => !keys.includes(key));
  const rest = left.length > 0 ? json(Object.fromEntries(left)) : undefined;
  return { ...special, cut: isCut(special) || isLong(rest ?? ''), ...(rest !== undefined && { rest }) };
}

function specialOf(name: string, input: unknown): { special: Special; keys: readonly string[] } | undefined {
  const text = (key: string): string | undefined => {
    const found = textIn(input, key);
    return found === undefined ? undefined : visibleText(found);
  };
  const path = text('path');
  if (name === 'bash') {
    const command = text('command');
    return command === undefined ? undefined : { special: { kind: 'command', command }, keys: ['command'] };
  }
  if (name === 'edit_file') {
    const [before, after] = [text('oldText'), text('newText')];
    if (path === undefined || before === undefined || after === undefined) return undefined;
    const comparable = before.length + after.length <= comparedCharacters;
    return {
      special: { kind: 'edit', path, before, after, comparable },
      keys: ['path', 'oldText', 'newText'],
    };
  }
  if (name === 'write_file') {
    const content = text('content');
    if (path === undefined || content === undefined) return undefined;
    return { special: { kind: 'write', path, content }, keys: ['path', 'content'] };
  }
  return undefined;
}

function isCut(special: Special): boolean {
  switch (special.kind) {
    case 'command':
      return isLong(special.command);
    case 'edit':
      return !special.comparable && (isLong(special.before) || isLong(special.after));
    case 'write':
      return isLong(special.content);
  }
}
