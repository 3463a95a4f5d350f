import { allowedBy, everyPermission } from './permissions';

describe('what the administrator may do', () => {
  it('is what the permissions name, and nothing beside', () => {
    const allowed = allowedBy([
      { action: 'plugin::skills.runs.read' },
      { action: 'plugin::skills.environments.network' },
      { action: 'plugin::other.skills.read' },
    ]);
    const granted = Object.entries(allowed).flatMap(([right, may]) => (may ? [right] : []));
    expect(granted).toEqual(['readRuns', 'openHosts']);
  });

  it('is everything for who has every permission', () => {
    expect(Object.values(allowedBy(everyPermission)).every(Boolean)).toBe(true);
  });
});
