import type { Reply } from './reply';
import { failure, ok } from './reply';
import type { SkillsStore, StoredSkill } from './skills-store';

/** Serves `/v1/skills…`; `parts` stand behind that. Undefined for a path that there is none of. */
export async function serveSkills(
  store: SkillsStore,
  method: string,
  parts: readonly string[],
  form: () => Promise<FormData>,
): Promise<Reply | undefined> {
  const [skillId, versions, versionId] = parts;
  if (skillId === undefined) return method === 'POST' ? ok(await store.create(await form())) : undefined;
  const skill = store.skills.get(skillId);
  if (!skill) return failure(404, 'not_found_error', `No skill ${skillId}.`);
  if (versions === undefined) return serveSkill(store, method, skill);
  if (versions !== 'versions') return undefined;
  if (versionId !== undefined) return serveVersion(method, skill, versionId);
  if (method === 'POST') return ok(await store.addVersion(skill, await form()));
  const data = [...skill.versions.values()].map((version) => version.data);
  return method === 'GET' ? ok({ data, next_page: null }) : undefined;
}

function serveSkill(store: SkillsStore, method: string, skill: StoredSkill): Reply | undefined {
  if (method === 'GET') return ok(skill.data);
  if (method !== 'DELETE') return undefined;
  store.skills.delete(skill.data.id);
  return ok({ id: skill.data.id, type: 'skill_deleted' });
}

function serveVersion(method: string, skill: StoredSkill, versionId: string): Reply | undefined {
  const version = skill.versions.get(versionId);
  if (!version) return failure(404, 'not_found_error', `No version ${versionId}.`);
  if (method === 'GET') return ok(version.data);
  if (method !== 'DELETE') return undefined;
  if (skill.versions.size === 1)
    return failure(400, 'invalid_request_error', 'A skill keeps at least one version: delete the skill.');
  skill.versions.delete(versionId);
  return ok({ id: versionId, type: 'skill_version_deleted' });
}
