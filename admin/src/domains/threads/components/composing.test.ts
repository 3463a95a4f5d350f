import {
  draftOf,
  isEmpty,
  noDraft,
  nothingComposed,
  withDraft,
  withDraftMoved,
  withoutSent,
} from './composing';

const file = (name: string) => new File(['x'], name);

describe('what is being written', () => {
  it('is a draft of its own in each thread, its files included', () => {
    const files = [file('a.csv')];
    const composing = withDraft(withDraft(nothingComposed, 'a', { text: 'For A.' }), 'a', { files });
    expect(draftOf(composing, 'a')).toEqual({ text: 'For A.', files });
    expect(draftOf(composing, 'b')).toEqual(noDraft);
  });

  it('goes along into the thread that is made for it', () => {
    const files = [file('a.csv')];
    const composing = withDraftMoved(withDraft(nothingComposed, '', { text: 'First.', files }), '', 'made');
    expect(draftOf(composing, 'made')).toEqual({ text: 'First.', files });
    expect(isEmpty(draftOf(composing, ''))).toBe(true);
  });

  it('never goes over what is being written elsewhere', () => {
    const both = withDraft(withDraft(nothingComposed, 'a', { text: 'A' }), '', { text: 'Mine' });
    expect(withDraftMoved(both, 'a', '')).toBe(both);
    const empty = withDraft(nothingComposed, '', { text: 'Mine' });
    expect(withDraftMoved(empty, 'a', '')).toBe(empty);
  });

  it('is taken out once it was sent', () => {
    const sent = { text: 'Sent.', files: [file('a.csv')] };
    const composing = withoutSent(withDraft(nothingComposed, 'a', sent), 'a', sent);
    expect(isEmpty(draftOf(composing, 'a'))).toBe(true);
  });

  it('stays where it was written, or added, while something else was under way', () => {
    const [before, after] = [file('a.csv'), file('b.csv')];
    const sent = { text: 'Sent.', files: [before] };
    const composing = withDraft(nothingComposed, 'a', { text: 'Sent. And more', files: [before, after] });
    expect(draftOf(withoutSent(composing, 'a', sent), 'a')).toEqual({
      text: 'Sent. And more',
      files: [after],
    });
  });

  it('is nothing while it is white space alone', () => {
    expect(isEmpty({ text: ' \n', files: [] })).toBe(true);
    expect(isEmpty({ text: '', files: [file('a.csv')] })).toBe(false);
  });
});
