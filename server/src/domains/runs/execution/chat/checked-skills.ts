import type { JsonObject, SkillSelection } from 'strapi-plugin-skills-shared/provider';
import { ConflictError } from '../../../../http/errors';
import type { OpenConnection } from '../../../connections';

/**
 * Provider skills with the settings that their schemas answer, as adapters are promised: what was saved may be older than the adapter
 * that is installed now. Rejects with 409 `skill-type-missing` or `settings-outdated`.
 */
export function checkedSkills(
  opened: OpenConnection,
  skills: readonly SkillSelection[] | undefined,
): Promise<SkillSelection[]> | undefined {
  if (!skills || skills.length === 0) return undefined;
  return Promise.all(skills.map((skill) => checkedSkill(opened, skill)));
}

async function checkedSkill(
  opened: OpenConnection,
  { skillTypeId, settings }: SkillSelection,
): Promise<SkillSelection> {
  const schema = opened.tryGetFeature('skills')?.settingsSchema(skillTypeId);
  if (!schema) {
    throw new ConflictError(`${opened.name} no longer offers the skill type ${skillTypeId}.`, {
      code: 'skill-type-missing',
      skillTypeId,
    });
  }
  const result = await schema['~standard'].validate(settings);
  if (result.issues === undefined) return { skillTypeId, settings: result.value as JsonObject };
  const fields = result.issues.map(({ path }) => (path ?? []).map(keyOf).join('.'));
  throw new ConflictError(
    `The skill's settings do not fit what ${opened.provider.displayName} takes now: save the skill anew.`,
    { code: 'settings-outdated', fields: [...new Set(fields)] },
  );
}

function keyOf(segment: PropertyKey | { readonly key: PropertyKey }): string {
  return String(typeof segment === 'object' ? segment.key : segment);
}
