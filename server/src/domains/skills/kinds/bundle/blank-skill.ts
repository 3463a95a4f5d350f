import type { BundleCreate } from 'strapi-plugin-skills-shared/contracts';
import type { SkillKind } from '../kind';
import { setField } from './frontmatter/edit-field';
import { skillFileName } from './bundle';

const body = `
# When to use this skill

Say here what the skill is for, and when an agent should choose it.

# How to do it

1. Say step by step what the agent should do.
2. Name the files in this folder that it should read or run.
`;

/** A starter `SKILL.md` that validates without a finding. */
export const createBlankBundle: SkillKind<BundleCreate>['create'] = ({ description }) =>
  Promise.resolve((alias) => {
    const named = setField(body, ['name'], alias);
    const content = Buffer.from(setField(named, ['description'], description));
    return [{ path: skillFileName, content, executable: false }];
  });
