import { threadNameFrom } from './thread-name';

describe('the name of a thread that is made for a prompt', () => {
  it('is the first line of the prompt, on one line', () => {
    expect(threadNameFrom('  Write  a\tpost\n\nabout tides')).toBe('Write a post');
  });

  it('is cut between words', () => {
    const name = threadNameFrom(`Summarise ${'every single chapter '.repeat(10)}`);
    expect(name).toBe('Summarise every single chapter every single chapter every…');
  });

  it('is cut within a word that is too long, but not within a character', () => {
    expect(threadNameFrom('x'.repeat(200))).toBe(`${'x'.repeat(59)}…`);
    expect(threadNameFrom('🙂'.repeat(200))).toBe(`${'🙂'.repeat(59)}…`);
  });
});
