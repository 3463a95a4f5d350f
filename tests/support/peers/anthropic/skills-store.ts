import type { Skill } from '@anthropic-ai/sdk/resources/skills/skills';
import type { SkillVersion } from '@anthropic-ai/sdk/resources/skills/versions';
import { InvalidRequest } from './invalid-request';

export interface StoredVersion {
  readonly data: SkillVersion;
  /** Contents by their path, the folder first: `greeter/SKILL.md`. */
  readonly files: ReadonlyMap<string, string>;
}

export interface StoredSkill {
  readonly data: Skill;
  readonly versions: Map<string, StoredVersion>;
}

const at = '2026-11-21T12:00:00Z';

/** Skills as the Skills API keeps them: each with at least one version. */
export class SkillsStore {
  readonly skills = new Map<string, StoredSkill>();
  private count = 0;

  async create(form: FormData): Promise<Skill> {
    const files = await filesOf(form);
    const name = folderOf(files);
    const id = `skill_${(this.count += 1)}`;
    const label = form.get('display_name');
    const data: Skill = {
      id,
      type: 'skill',
      display_name: typeof label === 'string' ? label : name,
      latest_version_id: '',
      source: { type: 'custom' },
      created_at: at,
      updated_at: at,
    };
    const skill: StoredSkill = { data, versions: new Map() };
    this.skills.set(id, skill);
    this.keep(skill, files, name);
    return data;
  }

  async addVersion(skill: StoredSkill, form: FormData): Promise<SkillVersion> {
    const files = await filesOf(form);
    const name = folderOf(files);
    const former = [...skill.versions.values()][0]?.data.name;
    if (former !== undefined && former !== name)
      throw new InvalidRequest(`The skill is called ${former}, and this version ${name}.`);
    return this.keep(skill, files, name);
  }

  private keep(skill: StoredSkill, files: ReadonlyMap<string, string>, name: string): SkillVersion {
    const data: SkillVersion = {
      id: `skver_${(this.count += 1)}`,
      type: 'skill_version',
      skill_id: skill.data.id,
      name,
      description: `Of ${name}.`,
      created_at: at,
    };
    skill.versions.set(data.id, { data, files });
    skill.data.latest_version_id = data.id;
    return data;
  }
}

async function filesOf(form: FormData): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const [name, value] of form.entries()) {
    if (name === 'display_name' && typeof value === 'string') continue;
    if (name !== 'files[]' || typeof value === 'string') throw new InvalidRequest(`A part called ${name}.`);
    files.set(value.name, await value.text());
  }
  return files;
}

/** All files of an upload lie in one folder, with SKILL.md at its root. */
function folderOf(files: ReadonlyMap<string, string>): string {
  const folders = new Set([...files.keys()].map((path) => path.split('/')[0] ?? ''));
  const [folder = ''] = folders;
  if (folders.size !== 1) throw new InvalidRequest(`Files in ${folders.size} folders.`);
  if (!files.has(`${folder}/SKILL.md`)) throw new InvalidRequest('No SKILL.md at the root of the folder.');
  return folder;
}
