import { nextOf } from './plan';

const tools = ['bash', 'read_file', 'list_files', 'write_file', 'skill_call', 'load_skill'].map((name) => ({
  name,
}));
const said = (text: string) => ({ role: 'user', content: [{ type: 'text', text }] });
const called = (...names: string[]) => ({ role: 'assistant', toolCalls: names.map((name) => ({ name })) });

describe('the plan of a rehearsal', () => {
  it('takes each line that names a tool as a call, in order', () => {
    const prompt = said('Please:\n$ ls -l\nread SKILL.md\nwrite a/b.md: some: text\ncall other: Do it.');
    expect(nextOf([prompt], tools)).toEqual({ name: 'bash', input: { command: 'ls -l' } });
    expect(nextOf([prompt, called('bash')], tools)).toEqual({
      name: 'read_file',
      input: { path: 'SKILL.md' },
    });
    expect(nextOf([prompt, called('bash', 'read_file')], tools)).toEqual({
      name: 'write_file',
      input: { path: 'a/b.md', content: 'some: text' },
    });
    expect(nextOf([prompt, called('bash', 'read_file', 'write_file')], tools)).toEqual({
      name: 'skill_call',
      input: { skill: 'other', prompt: 'Do it.' },
    });
    expect(nextOf([prompt, called('bash', 'read_file', 'write_file', 'skill_call')], tools)).toBeUndefined();
  });

  it('goes on with what is said on the way', () => {
    const messages = [said('$ ls'), called('bash'), said('$ pwd')];
    expect(nextOf(messages, tools)).toEqual({ name: 'bash', input: { command: 'pwd' } });
  });

  it('shows something where no line names a tool, and calls only what it was offered', () => {
    expect(nextOf([said('Write a report, and read it.')], tools)).toMatchObject({ name: 'list_files' });
    expect(nextOf([said('call other: Do it.')], [{ name: 'bash' }])).toBeUndefined();
  });
});
