import { threadToOpen } from './thread-to-open';

const arrival = { threadId: '', welcomed: false, writing: false, newest: 'a' };

describe('the thread that opens by itself', () => {
  it('is the last active one', () => {
    expect(threadToOpen(arrival)).toBe('a');
    expect(threadToOpen({ ...arrival, newest: undefined })).toBeUndefined();
  });

  it('is none where one was chosen', () => {
    expect(threadToOpen({ ...arrival, threadId: 'b' })).toBeUndefined();
  });

  it('is none for who writes a first prompt, or could begin to at any moment', () => {
    expect(threadToOpen({ ...arrival, writing: true })).toBeUndefined();
    expect(threadToOpen({ ...arrival, welcomed: true })).toBeUndefined();
  });
});
