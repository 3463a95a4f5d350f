import { nextOpen } from './next-open';

const approvals = [
  { callId: 'a', approved: null },
  { callId: 'b', approved: null },
  { callId: 'c', approved: true },
  { callId: 'd', approved: null },
];

describe('the call that is decided on next', () => {
  it('is the one behind', () => {
    expect(nextOpen(approvals, ['a'])).toBe('b');
  });

  it('is none that was decided before', () => {
    expect(nextOpen(approvals, ['b'])).toBe('d');
  });

  it('is one before it when there is none behind', () => {
    expect(nextOpen(approvals, ['d'])).toBe('a');
  });

  it('is none when all are decided', () => {
    expect(nextOpen(approvals, ['a', 'b', 'd'])).toBeUndefined();
  });
});
