import type { VersionDetail } from 'strapi-plugin-skills-shared/contracts';

/** A field that differs between two versions; undefined where a version has none. */
export interface SettingChange {
  /** The field's place, with dots: `settings.location.city`. */
  field: string;
  before: unknown;
  after: unknown;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What stands in a value, by place. Lists are compared as a whole: their items have no names. */
function fieldsOf(value: unknown, at: string): Map<string, unknown> {
  if (!isRecord(value)) return new Map([[at, value]]);
  return new Map(
    Object.entries(value).flatMap(([key, inner]) => [...fieldsOf(inner, at === '' ? key : `${at}.${key}`)]),
  );
}

/** What a version of a provider skill says, in the words of its content. */
function contentOf({ metadata: { description, provider } }: Pick<VersionDetail, 'metadata'>) {
  return {
    description,
    connection: provider?.connectionId,
    provider: provider?.providerId,
    skillType: provider?.skillTypeName,
    settings: provider?.settings,
  };
}

/** The fields that differ between two versions, in the order of the later one, then those that it no longer has. */
export function settingChanges(
  before: Pick<VersionDetail, 'metadata'>,
  after: Pick<VersionDetail, 'metadata'>,
): SettingChange[] {
  const old = fieldsOf(contentOf(before), '');
  const now = fieldsOf(contentOf(after), '');
  return [...new Set([...now.keys(), ...old.keys()])]
    .map((field) => ({ field, before: old.get(field), after: now.get(field) }))
    .filter((change) => JSON.stringify(change.before) !== JSON.stringify(change.after));
}

/** A value of a field for people: a text as it is, anything else as JSON. */
export function settingText(value: unknown): string {
  if (value === undefined || value === null || value === '') return '–';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
