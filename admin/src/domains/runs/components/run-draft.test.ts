import type { Run } from 'strapi-plugin-skills-shared/contracts';
import { agentRequest, draftOf } from './run-draft';

const budget = { steps: 5, tokens: 1000, timeMs: 60_000, cost: null };
const run = {
  input: null,
  prompt: 'Look.',
  model: 'm',
  execution: 'agent',
  connection: { id: 'c', name: 'Team' },
  skills: [{ id: 's', alias: 'tides', version: { id: 'v', number: 1 }, used: true }],
  budget,
  approval: ['bash'],
} as unknown as Run;

describe('a run that is started like an earlier one', () => {
  it('has its skills, its budget and what waits for a person', () => {
    const { carried = {} } = draftOf(run);
    expect(agentRequest('Look.', { connection: 'c', model: 'm' }, carried)).toEqual({
      prompt: 'Look.',
      execution: 'agent',
      connection: 'c',
      model: 'm',
      skills: ['tides'],
      budget,
      approval: ['bash'],
    });
  });

  it('has nothing of what the earlier one had not', () => {
    const { carried = {} } = draftOf({ ...run, skills: [], budget: null, approval: [] });
    expect(agentRequest('Look.', { connection: '', model: '' }, carried)).toEqual({
      prompt: 'Look.',
      execution: 'agent',
    });
  });
});
