import { demand, drain, eventsOf, finishOf, isTerminal, show, textOf } from '../assertions';
import { prompt } from '../bench';
import type { Requirement } from '../requirement';

const known = new Set(['stop', 'length', 'tool-calls', 'refusal', 'other']);

const count = (value: number | undefined) => value === undefined || (Number.isInteger(value) && value >= 0);

export const chatRequirements: readonly Requirement[] = [
  {
    id: 'chat/lists-models',
    says: 'the models have ids of their own',
    needs: 'chat',
    async check({ open }) {
      const models = await (await open('answer')).chat().listModels();
      demand(models.length > 0, 'The peer offers models; none was listed.');
      const ids = models.map(({ id }) => id);
      demand(
        ids.every((id) => id !== ''),
        'A model has no id.',
      );
      demand(new Set(ids).size === ids.length, `Two models have one id: ${show(ids)}.`);
    },
  },
  {
    id: 'chat/starts-with-first-next',
    says: 'an answer that nobody reads is not asked for',
    needs: 'chat',
    async check({ open, expect }) {
      const { chat, request, calls } = await open('answer');
      const events = chat().stream(request())[Symbol.asyncIterator]();
      await new Promise((resolve) => setTimeout(resolve, 10));
      expect(calls.length).toBe(0);
      await events.return?.();
      expect(calls.length).toBe(0);
    },
  },
  {
    id: 'chat/text',
    says: 'the pieces of text are the text of the message that "finish" holds',
    needs: 'chat',
    async check({ open, expect }) {
      const events = await (await open('answer')).ask();
      const { message, reason } = finishOf(events);
      demand(textOf(events) !== '', 'There was no text.');
      expect(textOf(events)).toBe(message.text);
      expect(message.role).toBe('assistant');
      expect(reason).toBe('stop');
    },
  },
  {
    id: 'chat/one-terminal-event',
    says: 'exactly one event is terminal, and it is the last, whatever the vendor does',
    needs: 'chat',
    async check({ open, subject }) {
      demand(subject.models.chat !== undefined, 'The subject must name a chat model.');
      const scenarios = [
        'answer',
        'answer-with-tool-call',
        'broken-stream',
        'malformed',
        'unauthorized',
      ] as const;
      for (const scenario of scenarios) {
        const events = await (await open(scenario)).ask();
        const terminal = events.filter(isTerminal);
        const types = show(events.map(({ type }) => type));
        demand(terminal.length === 1, `${scenario}: ${terminal.length} terminal events: ${types}.`);
        demand(terminal[0] === events.at(-1), `${scenario}: the terminal event is not the last: ${types}.`);
      }
    },
  },
  {
    id: 'chat/finish-reason',
    says: 'the reason is one that the contract knows, and the model is named',
    needs: 'chat',
    async check({ open }) {
      for (const scenario of ['answer', 'answer-with-tool-call'] as const) {
        const { reason, model } = finishOf(await (await open(scenario)).ask());
        demand(known.has(reason), `The contract knows no reason "${reason}".`);
        demand(model !== '', 'The model must be named.');
      }
    },
  },
  {
    id: 'chat/usage',
    says: 'tokens are counted before the end, in whole numbers, and parts are not more than their whole',
    needs: 'chat',
    async check({ open }) {
      const events = await (await open('answer')).ask();
      const usage = eventsOf(events, 'usage').at(-1)?.usage;
      demand(usage !== undefined, 'There was no usage.');
      demand(
        [usage.inputTokens, usage.outputTokens, usage.cachedInputTokens, usage.reasoningTokens].every(count),
        `Tokens must be whole numbers, not below zero: ${show(usage)}.`,
      );
      demand((usage.cachedInputTokens ?? 0) <= usage.inputTokens, `More cached than read: ${show(usage)}.`);
      demand((usage.reasoningTokens ?? 0) <= usage.outputTokens, `More thought than said: ${show(usage)}.`);
    },
  },
  {
    id: 'chat/request-is-carried',
    says: 'model, instructions and prompt reach the vendor',
    needs: 'chat',
    async check({ open, subject }) {
      const { ask, peer } = await open('answer');
      finishOf(await ask({ instructions: 'conformanceinstructions', maxOutputTokens: 4321 }));
      const sent = peer.requests.map(({ url, body }) => `${url}\n${body}`).join('\n');
      const wanted = [subject.models.chat ?? '', 'conformanceinstructions', prompt, '4321'];
      for (const part of wanted) demand(sent.includes(part), `"${part}" did not reach the vendor.`);
    },
  },
  {
    id: 'chat/events-are-json',
    says: 'what events hold survives being stored as JSON',
    needs: 'chat',
    async check({ open, expect }) {
      for (const scenario of ['answer', 'answer-with-tool-call', 'unauthorized'] as const) {
        const { chat, request } = await open(scenario);
        for (const event of await drain(chat().stream(request()))) {
          const { open: _open, ...data } = event as typeof event & { open?: unknown };
          expect(JSON.parse(JSON.stringify(data))).toEqual(data);
        }
      }
    },
  },
];
