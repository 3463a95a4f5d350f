import { noDraft } from './composing';
import { composedAgain, replaces } from './run-again';
import { noOptions } from './run-options';

const ran = {
  prompt: 'When is high tide?',
  skills: [{ id: 's', alias: 'almanac', version: { id: 'v', number: 1 }, used: true }],
  budget: { steps: 20, tokens: 200_000, timeMs: 1_500, cost: null },
  approval: ['bash'],
  connection: { id: 'c', name: 'Model of the team' },
  model: 'gpt-4.1',
};

describe('a run again', () => {
  it('is asked the same, with the same skills, budget and approval, of the same model', () => {
    expect(composedAgain(ran)).toEqual({
      draft: { text: 'When is high tide?', files: [] },
      options: {
        skills: ['almanac'],
        budget: { steps: '20', tokens: '200000', seconds: '1.5', dollars: '' },
        approval: ['bash'],
      },
      choice: { connection: 'c', model: 'gpt-4.1' },
    });
  });

  it('has nothing that the run had not', () => {
    const bare = { prompt: null, skills: [], budget: null, approval: [], connection: null, model: null };
    expect(composedAgain(bare)).toEqual({ draft: noDraft, options: noOptions, choice: undefined });
  });
});

describe('what a run again replaces', () => {
  const next = composedAgain(ran);
  const file = new File(['x'], 'a.csv');

  it('is nothing where nothing was written, or the same', () => {
    expect(replaces({ draft: noDraft, options: noOptions }, next)).toBe(false);
    expect(replaces({ draft: next.draft, options: next.options }, next)).toBe(false);
  });

  it('is a text or files that somebody has put there', () => {
    expect(replaces({ draft: { text: 'Mine', files: [] }, options: noOptions }, next)).toBe(true);
    expect(replaces({ draft: { text: '', files: [file] }, options: noOptions }, next)).toBe(true);
  });

  it('is an approval that somebody has asked for, and the run had not', () => {
    const guarded = { draft: noDraft, options: { ...noOptions, approval: ['*'] } };
    expect(replaces(guarded, next)).toBe(true);
    expect(replaces({ ...guarded, options: next.options }, next)).toBe(false);
  });
});
