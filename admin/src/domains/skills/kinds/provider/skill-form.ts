import type {
  AvailableSkillType,
  ProviderBinding,
  ProviderSkillCreate,
  ProviderSkillSave,
  Skill,
  VersionDetail,
} from 'strapi-plugin-skills-shared/contracts';
import type { SettingsValue } from '../../../../forms/schema';
import { aliasFrom } from '../../../../forms/alias-from';

/** The longest alias of a provider skill. */
export const aliasLength = 100;

/** What is asked for a provider skill. `settings` is undefined until the schema of a newly chosen connection says what they begin with. */
export interface SkillForm {
  name: string;
  alias: string;
  description: string;
  connection: string;
  settings: SettingsValue | undefined;
  toolScopes: string[];
  active: boolean;
}

/** A new skill of a type, with the scopes that the type proposes. Over an inactive connection it cannot be active. */
export function formForType({ connection, toolScopes }: AvailableSkillType): SkillForm {
  return {
    name: '',
    alias: '',
    description: '',
    connection: connection.id,
    settings: undefined,
    toolScopes: [...toolScopes],
    active: connection.active,
  };
}

/** A skill as it is stored. */
export function formOf(skill: Skill, content: VersionDetail): SkillForm {
  const binding = content.metadata.provider;
  return {
    name: skill.name,
    alias: skill.alias,
    description: content.metadata.description ?? '',
    connection: binding?.connectionId ?? '',
    settings: binding?.settings ?? {},
    toolScopes: skill.toolScopes,
    active: skill.active,
  };
}

/** The form with its settings as the schema completes them: its defaults are there to be seen, and are no edits. */
export function completed(form: SkillForm, complete: (given?: SettingsValue) => SettingsValue): SkillForm {
  return { ...form, settings: complete(form.settings) };
}

/** The alias of a new skill follows its name until one is written by hand. */
export const derivedAlias = (name: string): string => aliasFrom(name, aliasLength);

const common = ({ name, description, connection, settings, toolScopes, active }: SkillForm) => ({
  name: name.trim(),
  description: description.trim(),
  connection,
  settings: settings ?? {},
  toolScopes,
  active,
});

export function creationOf(form: SkillForm, skillType: string, publish: boolean): ProviderSkillCreate {
  return {
    kind: 'provider',
    ...common(form),
    alias: form.alias.trim() || undefined,
    visibility: 'org',
    skillType,
    publish,
  };
}

/** A save that goes on from the skill and version that are open: a later state refuses it. */
export function saveOf(
  form: SkillForm,
  skill: Pick<Skill, 'revision'>,
  { id, revision }: Pick<VersionDetail, 'id' | 'revision'>,
  publish: boolean,
): ProviderSkillSave {
  return {
    ...common(form),
    alias: form.alias.trim(),
    revision: skill.revision,
    version: { id, revision },
    publish,
  };
}

/** Why a skill's settings cannot be edited: its connection was deleted, or its adapter taken away. */
export function whatIsGone(
  binding: Skill['binding'],
  known: ProviderBinding | undefined,
): 'connection' | 'adapter' | undefined {
  if (!known) return undefined;
  if (!binding?.connection) return 'connection';
  return binding.connection.provider.installed ? undefined : 'adapter';
}
