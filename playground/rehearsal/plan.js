'use strict';

/** A line that is a tool call, by its first word; what follows the word is the tool's. */
const words = {
  $: (rest) => ({ name: 'bash', input: { command: rest } }),
  read: (rest) => ({ name: 'read_file', input: { path: rest } }),
  list: (rest) => ({ name: 'list_files', input: rest === '' ? {} : { path: rest } }),
  load: (rest) => ({ name: 'load_skill', input: { name: rest } }),
  write: (rest) => withText(rest, (path, content) => ({ name: 'write_file', input: { path, content } })),
  call: (rest) => withText(rest, (skill, prompt) => ({ name: 'skill_call', input: { skill, prompt } })),
};

/** `notes.md: some text`. */
function withText(rest, make) {
  const [, first, text] = /^(\S+?):\s+(.*)$/.exec(rest) ?? [];
  return first === undefined ? undefined : make(first, text);
}

function callOf(line) {
  const [, word = '', rest = ''] = /^\s*(\S+)\s*(.*)$/.exec(line) ?? [];
  if (!Object.hasOwn(words, word)) return undefined;
  // `list` alone is a call; "read" alone is a word like any other.
  return rest === '' && word !== 'list' ? undefined : words[word](rest.trim());
}

/** What a prompt without a line of that sort is answered by: something to see in every skill. */
const tour = ['list', '$ wc -w SKILL.md'].map(callOf);

/** What a conversation asks for: calls in order, those of words on the way after those of the prompt. */
function planOf(messages) {
  const lines = messages
    .filter(({ role }) => role === 'user')
    .flatMap(({ content }) => content.flatMap((part) => (part.type === 'text' ? part.text.split('\n') : [])));
  const calls = lines.map(callOf).filter((call) => call !== undefined);
  return calls.length > 0 ? calls : tour;
}

/** What is to be done next: a call, or undefined when everything is done. */
function nextOf(messages, tools) {
  const done = messages.reduce(
    (count, message) => count + (message.role === 'assistant' ? message.toolCalls.length : 0),
    0,
  );
  const offered = new Set(tools.map(({ name }) => name));
  return planOf(messages).filter(({ name }) => offered.has(name))[done];
}

module.exports = { nextOf };
