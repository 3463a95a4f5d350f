import { draftOf, nothingComposed, withDraft } from './composing';
import { createComposingStore } from './composing-store';

describe('what is kept of what is being written', () => {
  it('is there for who comes back, with what a run may do', () => {
    const store = createComposingStore();
    store.change('kim:tides', (now) => withDraft(now, '', { text: 'When?' }));
    store.change('kim:tides', (now) => ({ ...now, options: { ...now.options, approval: ['bash'] } }));
    expect(draftOf(store.read('kim:tides'), '').text).toBe('When?');
    expect(store.read('kim:tides').options.approval).toEqual(['bash']);
  });

  it("is neither another skill's nor another person's", () => {
    const store = createComposingStore();
    store.change('kim:tides', (now) => withDraft(now, '', { text: 'When?' }));
    expect(store.read('kim:other')).toBe(nothingComposed);
    expect(store.read('robin:tides')).toBe(nothingComposed);
  });

  it('tells who listens, until they have heard enough', () => {
    const store = createComposingStore();
    const heard = jest.fn();
    const stop = store.listen(heard);
    store.change('k', (now) => withDraft(now, '', { text: 'a' }));
    stop();
    store.change('k', (now) => withDraft(now, '', { text: 'b' }));
    expect(heard).toHaveBeenCalledTimes(1);
  });
});
