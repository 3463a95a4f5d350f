import { comparedCharacters, shownCharacters } from '../../../../../ui/shown-length';
import { shownInput } from './shown-input';

const edit = { path: 'a.md', oldText: 'low', newText: 'high' };

describe('what a tool is asked, as it is shown', () => {
  it('has a form of its own for commands and files', () => {
    expect(shownInput('bash', { command: 'ls' })).toEqual({ kind: 'command', command: 'ls', cut: false });
    expect(shownInput('edit_file', edit)).toEqual({
      kind: 'edit',
      path: 'a.md',
      before: 'low',
      after: 'high',
      comparable: true,
      cut: false,
    });
    expect(shownInput('write_file', { path: 'a', content: '' })).toMatchObject({
      kind: 'write',
      content: '',
    });
  });

  it.each([
    ['bash', { command: 'ls' }, { timeoutMs: 5 }],
    ['edit_file', edit, { all: true }],
    ['edit_file', edit, { all: null, more: { deep: 'x' } }],
    ['write_file', { path: 'a', content: 'b' }, { mode: '0777', '': 1 }],
  ])('shows of %s what its form leaves out', (name, input, rest) => {
    const shown = shownInput(name, { ...input, ...rest });
    expect(JSON.parse('rest' in shown ? (shown.rest ?? '') : '')).toEqual(rest);
  });

  it('is the JSON of what the tool does not take', () => {
    for (const input of [{ command: 7 }, ['ls'], null, 5])
      expect(shownInput('bash', input)).toEqual({
        kind: 'other',
        text: JSON.stringify(input, null, 2),
        cut: false,
      });
    expect(shownInput('bash', 'ls')).toEqual({ kind: 'other', text: 'ls', cut: false });
    expect(shownInput('edit_file', { path: 'a', oldText: 'b' })).toMatchObject({ kind: 'other' });
  });

  it('hides nothing by the direction of its text, wherever that stands', () => {
    const turned = '\u202egpj.exe';
    for (const shown of [
      shownInput('bash', { command: turned }),
      shownInput('bash', { command: 'ls', cwd: turned }),
      shownInput('edit_file', { path: turned, oldText: turned, newText: turned }),
      shownInput('other', { query: turned }),
    ]) {
      expect(JSON.stringify(shown)).not.toContain('\u202e');
      expect(JSON.stringify(shown)).toContain('u{202e}');
    }
  });

  it('says when it is too long to be shown whole', () => {
    const long = 'x'.repeat(shownCharacters + 1);
    expect(shownInput('bash', { command: long }).cut).toBe(true);
    expect(shownInput('bash', { command: 'ls', note: long }).cut).toBe(true);
    expect(shownInput('write_file', { path: 'a', content: long }).cut).toBe(true);
    expect(shownInput('other', { query: long }).cut).toBe(true);
    const half = 'x'.repeat(comparedCharacters / 2);
    expect(shownInput('edit_file', { path: 'a', oldText: half, newText: half })).toMatchObject({
      comparable: true,
      cut: false,
    });
    expect(shownInput('edit_file', { path: 'a', oldText: `${half}x`, newText: half })).toMatchObject({
      comparable: false,
      cut: true,
    });
  });
});
