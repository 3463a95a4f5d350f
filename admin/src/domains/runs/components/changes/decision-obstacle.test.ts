import { decisionObstacle } from './decision-obstacle';

const skill = { id: 's', alias: 'tides', name: 'Tides', kind: 'bundle' };
const ended = { status: 'completed', skill } as const;

describe('what is in the way of a decision about changes', () => {
  it.each([
    { what: 'nothing', run: ended, archived: false, mayUpdate: true, obstacle: undefined },
    {
      what: 'an archived skill',
      run: ended,
      archived: true,
      mayUpdate: true,
      obstacle: 'changes.skill-archived',
    },
    {
      what: 'a skill that is gone',
      run: { ...ended, skill: null },
      archived: false,
      mayUpdate: true,
      obstacle: 'changes.skill-gone',
    },
    {
      what: 'a run that goes on',
      run: { ...ended, status: 'waiting' as const },
      archived: false,
      mayUpdate: true,
      obstacle: 'changes.undecided',
    },
    { what: 'a role', run: ended, archived: false, mayUpdate: false, obstacle: 'changes.undecided' },
  ])('is $what', ({ run, archived, mayUpdate, obstacle }) => {
    expect(decisionObstacle({ run, skill: { archived }, mayUpdate })).toBe(obstacle);
  });

  it('is nothing while the skill is read', () => {
    expect(decisionObstacle({ run: ended, skill: undefined, mayUpdate: true })).toBeUndefined();
  });
});
