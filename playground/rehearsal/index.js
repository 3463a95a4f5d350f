'use strict';

const { setTimeout: sleep } = require('node:timers/promises');
const { z } = require('zod');
const { nextOf } = require('./plan');

const model = 'line-by-line';

const settingsSchema = z.object({
  wordsPerSecond: z.number().min(1).max(1000).default(30).meta({
    title: 'Words a second',
    description: 'How fast it writes, so that there is something to watch.',
  }),
});

const countWords = (text) => (text.match(/\S+/g) ?? []).length;

function usageOf(messages, written) {
  const inputTokens = messages.reduce((sum, message) => sum + countWords(JSON.stringify(message)), 0);
  return { inputTokens, outputTokens: countWords(written) };
}

/** What it says: before a call, and at the end. */
function wordsOf(next, messages) {
  if (next) return `Next: ${next.name}.`;
  const results = messages.filter(({ role }) => role === 'tool');
  const last = results.at(-1)?.content ?? '';
  return [
    `I have made ${results.length} tool calls, line by line. No model has thought about any of it: this is a rehearsal.`,
    ...(last === '' ? [] : ['The last one answered:', `\`\`\`\n${last.slice(0, 2000).trim()}\n\`\`\``]),
  ].join('\n\n');
}

async function* stream({ messages, tools = [] }, { wordsPerSecond }, signal) {
  const next = nextOf(messages, tools);
  const text = wordsOf(next, messages);
  try {
    for (const word of text.match(/\s*\S+/g) ?? []) {
      await sleep(1000 / wordsPerSecond, undefined, { signal });
      yield { type: 'text-delta', text: word };
    }
  } catch {
    yield { type: 'error', error: { code: 'cancelled', message: 'The rehearsal was stopped.' } };
    return;
  }
  const calls = next ? [{ id: `line_${messages.length}`, ...next }] : [];
  for (const call of calls) yield { type: 'tool-call', ...call, by: 'caller' };
  yield { type: 'usage', usage: usageOf(messages, text) };
  const message = { role: 'assistant', text, toolCalls: calls };
  yield { type: 'finish', reason: next ? 'tool-calls' : 'stop', message, model };
}

/** A stand-in for a model, so that agents can be tried where no key is set. It says what it is, wherever it is shown. */
const provider = {
  specificationVersion: 1,
  id: 'rehearsal',
  displayName: 'Rehearsal',
  description:
    'No model: it does what a prompt says line by line ("$ ls", "read SKILL.md", "write a.md: text", "call skill: prompt").',
  icon: "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Cpath fill='none' stroke='%234945ff' stroke-width='1.6' d='M2 3h12M2 8h8M2 13h10'/%3E%3C/svg%3E",
  settingsSchema,
  capabilities: {
    chat: {
      create: (settings, { signal }) => ({
        listModels: async () => [{ id: model, name: 'Line by line' }],
        stream: (request) => stream(request, settings, signal),
      }),
      defaultModel: () => model,
      prices: [{ model, input: 0, output: 0 }],
      features: {},
    },
  },
  testConnection: async () => ({ message: 'It is always there.' }),
};

module.exports = { provider };
