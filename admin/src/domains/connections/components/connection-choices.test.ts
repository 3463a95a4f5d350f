import { connectionChoices } from './connection-choices';

const connections = [{ id: 'a', name: 'A' }];
const stored = { id: 'b', name: 'B' };
const unusable = (name: string) => `${name} (not now)`;

describe('what a connection is chosen from', () => {
  it('are those that can be used, where nothing else is stored', () => {
    const all = { connections, known: true, unlisted: 0 };
    expect(connectionChoices(all, null, unusable)).toBe(connections);
    expect(connectionChoices(all, { id: 'a', name: 'A' }, unusable)).toBe(connections);
  });

  it('is the stored one too, marked when it cannot be used any more', () => {
    const names = connectionChoices({ connections, known: true, unlisted: 0 }, stored, unusable);
    expect(names).toEqual([...connections, { id: 'b', name: 'B (not now)' }]);
  });

  it('does not call unusable what may only not have been read', () => {
    for (const found of [
      { connections, known: true, unlisted: 3 },
      { connections: [], known: false, unlisted: 0 },
    ])
      expect(connectionChoices(found, stored, unusable)).toContainEqual(stored);
  });
});
