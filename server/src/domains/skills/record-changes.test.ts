import type { SkillMetadata } from 'strapi-plugin-skills-shared/contracts';
import type { VersionRecord } from '../versions';
import { withCurrent, withPublished } from './record-changes';
import type { SkillRecord } from './skill-record';

const skill: SkillRecord = {
  id: 's',
  alias: 'adder',
  name: 'Adder of numbers',
  description: 'Adds.',
  kind: 'bundle',
  active: true,
  archived: false,
  visibility: 'org',
  owner: null,
  tags: ['mine'],
  category: null,
  toolScopes: [],
  binding: null,
  agent: { connectionId: null, model: null },
  status: 'draft',
  usable: true,
  current: { id: 'v1', number: 1, label: null, digest: 'd1' },
  published: null,
  lastRun: null,
  revision: 1,
  createdAt: 1,
  updatedAt: 1,
};

function version(number: number, metadata: SkillMetadata): VersionRecord {
  return {
    id: `v${number}`,
    skillId: 's',
    number,
    parentId: null,
    digest: `d${number}`,
    label: metadata.version ?? null,
    note: null,
    metadata,
    findings: [],
    errorCount: 0,
    warningCount: 0,
    fileCount: 1,
    size: 1,
    revision: 1,
    createdAt: 1,
    createdBy: { type: 'command', id: null, name: '' },
    updatedAt: 5,
    frozenAt: null,
    publishedAt: null,
  };
}

describe('checking a version out', () => {
  const before = { name: 'adder', tags: ['math'] };

  it('keeps a name and tags that were edited on the skill, while the frontmatter says the same', () => {
    const after = withCurrent(skill, version(2, { ...before, description: 'Adds more.' }), before);
    expect(after).toMatchObject({
      name: skill.name,
      tags: ['mine'],
      description: 'Adds more.',
      updatedAt: 5,
    });
  });

  it('follows the frontmatter when it changes them', () => {
    const after = withCurrent(skill, version(2, { name: 'summer', tags: ['sums'] }), before);
    expect(after).toMatchObject({ name: 'summer', tags: ['sums'], description: 'Adds.' });
  });

  it('drops the tags that the frontmatter drops', () => {
    expect(withCurrent(skill, version(2, { name: 'adder' }), before).tags).toEqual([]);
  });
});

describe('what agents see', () => {
  const published = withPublished(skill, version(1, { name: 'adder', description: 'Adds.' }), 9);

  it('is the skill as the backoffice has it, while its current content is the published one', () => {
    expect(published).toMatchObject({
      status: 'published',
      published: { name: skill.name, tags: ['mine'], at: 9 },
    });
  });

  it('stays as it was published when the content is edited', () => {
    const edited = withCurrent(published, version(2, { name: 'other', description: 'New.' }), {
      name: 'adder',
    });
    expect(edited).toMatchObject({
      status: 'modified',
      name: 'other',
      published: { number: 1, name: skill.name, description: 'Adds.', tags: ['mine'] },
    });
  });

  it("is an older version's own frontmatter when that one is published", () => {
    const current = withCurrent(skill, version(2, { name: 'new', description: 'New.', tags: ['new'] }), null);
    const old = withPublished(current, version(1, { name: 'old', description: 'Old.', tags: ['old'] }), 9);
    expect(old).toMatchObject({
      status: 'modified',
      name: 'new',
      published: { number: 1, name: 'old', description: 'Old.', tags: ['old'] },
    });
  });
});
