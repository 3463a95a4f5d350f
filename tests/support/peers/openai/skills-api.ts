import type { Skill, SkillVersion } from 'openai/resources/skills';
import { skillUpdateSchema } from './schemas/other-requests';
import { readUpload, type StoredSkill, type StoredVersion } from './skills-store';

/** A JSON answer. */
export interface Reply {
  status: number;
  body: object;
}

const ok = (body: object): Reply => ({ status: 200, body });

export const failure = (status: number, message: string, code: string | null = null): Reply => ({
  status,
  body: { error: { message, type: 'invalid_request_error', param: null, code } },
});

const gone = (id: string): Reply => failure(404, `No such skill: ${id}.`, 'not_found');

/** `/skills`, in memory. */
export function createSkillsApi() {
  const skills = new Map<string, StoredSkill>();
  let count = 0;

  async function create(body: Buffer, contentType: string): Promise<Reply> {
    const { folder, files } = await readUpload(body, contentType);
    const skill: StoredSkill = {
      id: `skill_${(count += 1)}`,
      name: folder,
      defaultVersion: '1',
      versions: [{ version: '1', folder, files }],
    };
    skills.set(skill.id, skill);
    return ok(present(skill));
  }

  async function createVersion(skill: StoredSkill, body: Buffer, contentType: string): Promise<Reply> {
    const { isDefault, ...upload } = await readUpload(body, contentType);
    const version = String(Math.max(...skill.versions.map((one) => Number(one.version))) + 1);
    skill.versions.push({ version, ...upload });
    if (isDefault) skill.defaultVersion = version;
    return ok(presentVersion(skill, version));
  }

  function deleteVersion(skill: StoredSkill, version: string): Reply {
    if (!skill.versions.some((one) => one.version === version)) return gone(`${skill.id}/${version}`);
    if (skill.defaultVersion === version) return failure(400, 'The default version cannot be deleted.');
    skill.versions = skill.versions.filter((one) => one.version !== version);
    return ok({ id: skill.id, object: 'skill.version.deleted', deleted: true, version });
  }

  /** Undefined for a path that is none of the API's. */
  async function serve(
    method: string,
    parts: readonly string[],
    body: Buffer,
    contentType: string,
  ): Promise<Reply | undefined> {
    const [skillId, versions, version] = parts;
    if (skillId === undefined) return method === 'POST' ? create(body, contentType) : undefined;
    const skill = skills.get(skillId);
    if (!skill) return gone(skillId);
    const route = `${method} ${[versions, version && ':version'].filter(Boolean).join('/')}`;
    switch (route) {
      case 'GET ':
        return ok(present(skill));
      case 'POST ':
        skill.defaultVersion = skillUpdateSchema.parse(JSON.parse(body.toString())).default_version;
        return ok(present(skill));
      case 'DELETE ':
        skills.delete(skill.id);
        return ok({ id: skill.id, object: 'skill.deleted', deleted: true });
      case 'GET versions':
        return ok(versionList(skill));
      case 'POST versions':
        return createVersion(skill, body, contentType);
      case 'GET versions/:version':
        return skill.versions.some((one) => one.version === version)
          ? ok(presentVersion(skill, version ?? ''))
          : gone(`${skill.id}/${version}`);
      case 'DELETE versions/:version':
        return deleteVersion(skill, version ?? '');
      default:
        return undefined;
    }
  }

  return { serve, skills: skills as ReadonlyMap<string, StoredSkill> };
}

const createdAt = 1_700_000_000;

function present(skill: StoredSkill): Skill {
  return {
    id: skill.id,
    object: 'skill',
    created_at: createdAt,
    name: skill.name,
    description: '',
    default_version: skill.defaultVersion,
    latest_version: skill.versions.at(-1)?.version ?? '',
  };
}

function presentVersion({ id, name }: StoredSkill, version: string): SkillVersion {
  return {
    id: `${id}_v${version}`,
    object: 'skill.version',
    created_at: createdAt,
    skill_id: id,
    name,
    description: '',
    version,
  };
}

function versionList(skill: StoredSkill) {
  const data = skill.versions.map(({ version }: StoredVersion) => presentVersion(skill, version)).reverse();
  return {
    object: 'list',
    data,
    first_id: data[0]?.id ?? null,
    last_id: data.at(-1)?.id ?? null,
    has_more: false,
  };
}
