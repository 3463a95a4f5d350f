import { noChoice } from './model-choice';
import { countOptions, noOptions, runRequest, wrongBudgets } from './run-options';

const budget = (change: Partial<typeof noOptions.budget>) => ({ ...noOptions.budget, ...change });

describe('what a prompt asks the server for', () => {
  it('says nothing that nobody has said', () => {
    expect(runRequest('  Write it. ', { choice: noChoice, options: noOptions, thread: 't' })).toEqual({
      prompt: 'Write it.',
      thread: 't',
    });
  });

  it('says what was chosen, in the units of the server', () => {
    const options = {
      skills: ['tables'],
      budget: budget({ steps: ' 5 ', tokens: '1000', seconds: '1.5', dollars: '0.25' }),
      approval: ['Bash(git push:*)'],
    };
    expect(runRequest('Go', { choice: { connection: 'c', model: 'm' }, options, thread: 't' })).toEqual({
      prompt: 'Go',
      thread: 't',
      connection: 'c',
      model: 'm',
      skills: ['tables'],
      budget: { steps: 5, tokens: 1000, timeMs: 1500, cost: 0.25 },
      approval: ['Bash(git push:*)'],
    });
    expect(countOptions(options)).toBe(5);
    expect(countOptions(noOptions)).toBe(0);
  });
});

describe('a budget', () => {
  it('is of numbers above zero, and of whole steps and tokens', () => {
    expect(wrongBudgets(noOptions)).toEqual([]);
    expect(wrongBudgets({ budget: budget({ steps: '3', seconds: '0.5', dollars: '0.01' }) })).toEqual([]);
    expect(
      wrongBudgets({ budget: budget({ steps: '1.5', tokens: '0', seconds: 'soon', dollars: '-1' }) }),
    ).toEqual(['steps', 'tokens', 'seconds', 'dollars']);
    expect(wrongBudgets({ budget: budget({ dollars: 'Infinity' }) })).toEqual(['dollars']);
  });
});
