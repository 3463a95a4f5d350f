import type {
  AvailableSkillType,
  ConnectionSummary,
  ProviderBinding,
  Skill,
  VersionDetail,
} from 'strapi-plugin-skills-shared/contracts';
import { completed, creationOf, derivedAlias, formForType, formOf, saveOf, whatIsGone } from './skill-form';

const connection: ConnectionSummary = {
  id: 'c1',
  alias: 'openai',
  name: 'OpenAI',
  active: true,
  provider: { id: 'openai', displayName: 'OpenAI', icon: null, installed: true },
};
const binding: ProviderBinding = {
  connectionId: 'c1',
  providerId: 'openai',
  skillTypeId: 'web-search',
  skillTypeName: 'Web search',
  settings: { size: 'low' },
};
const type: AvailableSkillType = {
  skillTypeId: 'web-search',
  name: 'Web search',
  description: '',
  icon: null,
  toolScopes: ['web'],
  connection,
};
const skill = {
  name: 'Tides',
  alias: 'Tides_1',
  toolScopes: ['web'],
  active: true,
  revision: 7,
} as Skill;
const content = {
  id: 'v2',
  revision: 3,
  metadata: { description: 'Finds tides.', provider: binding },
} as VersionDetail;

describe('the form of a provider skill', () => {
  it('begins with the scopes that the type proposes, and active only over an active connection', () => {
    expect(formForType(type)).toMatchObject({ connection: 'c1', toolScopes: ['web'], active: true });
    const inactive = { ...type, connection: { ...connection, active: false } };
    expect(formForType(inactive).active).toBe(false);
  });

  it('is saved in the state that was open, as it is stored when nothing was typed', () => {
    expect(saveOf(formOf(skill, content), skill, content, true)).toEqual({
      name: 'Tides',
      alias: 'Tides_1',
      description: 'Finds tides.',
      connection: 'c1',
      settings: { size: 'low' },
      toolScopes: ['web'],
      active: true,
      revision: 7,
      version: { id: 'v2', revision: 3 },
      publish: true,
    });
  });

  it('leaves the alias of a new skill to the server when the name has nothing to make it from', () => {
    const form = { ...formForType(type), name: ' 潮 ', alias: derivedAlias('潮') };
    expect(creationOf(form, 'web-search', false)).toMatchObject({
      kind: 'provider',
      name: '潮',
      alias: undefined,
      skillType: 'web-search',
      publish: false,
    });
  });

  it('makes aliases of up to a hundred characters', () => {
    expect(derivedAlias('Ebbe & Flut')).toBe('ebbe-flut');
    expect(derivedAlias('a'.repeat(255))).toHaveLength(100);
  });

  it('begins its settings anew when another connection was chosen', () => {
    const complete = (given = {}) => ({ size: 'medium', ...given });
    expect(completed({ ...formOf(skill, content), settings: undefined }, complete).settings).toEqual({
      size: 'medium',
    });
    expect(completed(formOf(skill, content), complete).settings).toEqual({ size: 'low' });
  });
});

describe('what a provider skill is bound to', () => {
  const bound = (to: ConnectionSummary | null): Skill['binding'] => ({
    skillTypeId: 'web-search',
    skillTypeName: 'Web search',
    providerId: 'openai',
    connection: to,
  });
  const uninstalled = { ...connection, provider: { ...connection.provider, installed: false } };

  it.each([
    ['a connection in use', connection, undefined],
    ['an inactive connection', { ...connection, active: false }, undefined],
    ['a connection that was deleted', null, 'connection'],
    ['an adapter that was taken away', uninstalled, 'adapter'],
  ] as const)('%s', (_what, to, gone) => {
    expect(whatIsGone(bound(to), binding)).toBe(gone);
  });
});
