import type { Core } from '@strapi/types';
import type { Actor, SkillVisibility } from 'strapi-plugin-skills-shared/contracts';
import { serverViewer, skillsOf, type SkillRecord } from '../../server/src/domains/skills';

const author: Actor = { type: 'command', id: null, name: 'Test' };

export interface RunnableSkill {
  alias: string;
  /** A shell script: the skill's entrypoint. */
  script: string;
  /** Lines of the frontmatter beyond name, description and entrypoint. */
  frontmatter?: string;
  visibility?: SkillVisibility;
  owner?: Actor;
  /** False leaves it a draft, which agents do not see. */
  published?: boolean;
}

function files({ alias, script, frontmatter = '' }: Pick<RunnableSkill, 'alias' | 'script' | 'frontmatter'>) {
  const document = `---\nname: ${alias}\ndescription: A skill of the tests.\nentrypoint: main.sh\n${frontmatter}---\n\nRun it.\n`;
  return [
    { path: 'SKILL.md', content: Buffer.from(document), executable: false },
    { path: 'main.sh', content: Buffer.from(script), executable: true },
  ];
}

/** Makes a skill whose runs execute a shell script, published unless told otherwise. */
export async function createRunnableSkill(strapi: Core.Strapi, skill: RunnableSkill): Promise<SkillRecord> {
  const { alias, visibility = 'org', owner = null, published = true } = skill;
  const skills = skillsOf(strapi);
  const created = await skills.createFrom({
    alias,
    name: alias,
    kind: 'bundle',
    visibility,
    owner,
    author,
    files: files(skill),
  });
  if (published) await publishCurrent(strapi, alias);
  return created.skill;
}

/** Gives the skill another script, as a new version. */
export async function changeScript(
  strapi: Core.Strapi,
  { alias, script, frontmatter, published = true }: RunnableSkill,
): Promise<void> {
  const skills = skillsOf(strapi);
  const skill = await skills.get(alias, serverViewer);
  await skills.addVersion(skill, { files: files({ alias, script, frontmatter }), author });
  if (published) await publishCurrent(strapi, alias);
}

async function publishCurrent(strapi: Core.Strapi, alias: string): Promise<void> {
  const skills = skillsOf(strapi);
  const skill = await skills.get(alias, serverViewer);
  await skills.publish(skill, { versionId: skill.current.id, note: null, author });
}
