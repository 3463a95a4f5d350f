import { articleFor } from './feed-article';

const place = { focused: undefined, inView: { first: 3, last: 7 }, count: 10 };

describe('Page Up and Page Down in a feed', () => {
  it('go to what is in view first', () => {
    expect(articleFor('PageDown', place)).toBe(3);
    expect(articleFor('PageUp', place)).toBe(7);
  });

  it('go from article to article, and not beyond the edges', () => {
    expect(articleFor('PageDown', { ...place, focused: 3 })).toBe(4);
    expect(articleFor('PageUp', { ...place, focused: 3 })).toBe(2);
    expect(articleFor('PageDown', { ...place, focused: 9 })).toBeUndefined();
    expect(articleFor('PageUp', { ...place, focused: 0 })).toBeUndefined();
  });

  it('are the only keys that do, and an empty feed has nowhere to go', () => {
    expect(articleFor('Enter', place)).toBeUndefined();
    expect(articleFor('PageDown', { ...place, count: 0 })).toBeUndefined();
  });
});
