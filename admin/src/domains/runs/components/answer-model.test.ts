import type { RunEvent, RunEventPayload } from 'strapi-plugin-skills-shared/contracts';
import { appendAnswer, emptyAnswer, hasAnswer, webAddress } from './answer-model';

const events = (...payloads: RunEventPayload[]): RunEvent[] =>
  payloads.map((payload, index) => ({ runId: 'r', seq: index + 1, at: '2026-01-01T00:00:00.000Z', payload }));
const says = (text: string): RunEventPayload => ({ type: 'text-delta', stream: 'answer', text });
const thinks = (text: string): RunEventPayload => ({ type: 'text-delta', stream: 'reasoning', text });
const calls = (id: string): RunEventPayload => ({
  type: 'tool-call',
  id,
  name: 'web_search',
  input: { query: 'tides' },
  by: 'provider',
});
const answers = (id: string): RunEventPayload => ({
  type: 'tool-result',
  id,
  name: 'web_search',
  output: 'found',
  isError: false,
});
const cites = (url: string, title?: string, quote?: string): RunEventPayload => ({
  type: 'citation',
  citation: { url, title, quote },
});

describe('a model’s answer', () => {
  it('keeps what was thought, done and said in its order, and joins pieces of one text', () => {
    const { blocks } = appendAnswer(
      emptyAnswer,
      events(
        thinks('Let me '),
        thinks('look.'),
        calls('a'),
        says('Two'),
        says(' tides'),
        answers('a'),
        says('.'),
      ),
    );
    expect(blocks).toEqual([
      { kind: 'reasoning', text: 'Let me look.' },
      {
        kind: 'tool',
        call: {
          id: 'a',
          name: 'web_search',
          input: { query: 'tides' },
          by: 'provider',
          result: { output: 'found', isError: false },
        },
      },
      { kind: 'answer', text: 'Two tides.' },
    ]);
  });

  it('gives a result to the latest call of its id, and ignores one without a call', () => {
    const { blocks } = appendAnswer(emptyAnswer, events(answers('x'), calls('a'), calls('a'), answers('a')));
    expect(blocks.map((block) => block.kind === 'tool' && block.call.result !== undefined)).toEqual([
      false,
      true,
    ]);
  });

  it('numbers a page once, with everything that was cited from it', () => {
    const { sources } = appendAnswer(
      emptyAnswer,
      events(
        cites('https://a.example/', undefined, 'one'),
        cites('https://b.example/', 'B'),
        cites('https://a.example/', 'A', 'two'),
        cites('https://a.example/', 'A', 'one'),
      ),
    );
    expect(sources).toEqual([
      { url: 'https://a.example/', title: 'A', quotes: ['one', 'two'] },
      { url: 'https://b.example/', title: 'B', quotes: [] },
    ]);
  });

  it('is the same in one batch as event by event, and skips what it has', () => {
    const all = events(
      thinks('a'),
      says('b'),
      calls('c'),
      says('d'),
      answers('c'),
      cites('https://a.example/'),
    );
    const whole = appendAnswer(emptyAnswer, all);
    expect(all.reduce((answer, event) => appendAnswer(answer, [event]), emptyAnswer)).toEqual(whole);
    expect(appendAnswer(whole, all.slice(2))).toBe(whole);
  });

  it('is none for a script’s run', () => {
    const printed: RunEventPayload = { type: 'text-delta', stream: 'stdout', text: 'hello' };
    expect(hasAnswer(appendAnswer(emptyAnswer, events(printed)))).toBe(false);
  });
});

describe('the address of a source', () => {
  it.each(['https://a.example/x', 'http://a.example/x'])('is a link when it is of the web: %s', (url) => {
    expect(webAddress(url)).toBe(url);
  });

  it.each([
    'javascript:alert(1)',
    ' javascript:alert(1)',
    'data:text/html,<script>',
    'file:///etc/passwd',
    '//a.example',
    '',
    undefined,
  ])('is no link otherwise: %s', (url) => {
    expect(webAddress(url)).toBeUndefined();
  });
});
