import { useState } from 'react';
import type { Connection, ConnectionUpdate } from 'strapi-plugin-skills-shared/contracts';
import { withTypedSince } from '../../../forms/rebase';
import { initialSettings, sameSettings, type JsonSchema, type SettingsValue } from '../../../forms/schema';

/** What of a connection is edited. */
export interface ConnectionDraft {
  name: string;
  alias: string;
  active: boolean;
  settings: SettingsValue;
}

export function draftOf(connection: Connection, schema: JsonSchema | undefined): ConnectionDraft {
  const { name, alias, active, settings } = connection;
  return { name, alias, active, settings: schema ? initialSettings(schema, settings) : settings };
}

/** What is to be changed, in the shape that the route takes. */
export type ConnectionChanges = Omit<ConnectionUpdate, 'revision'>;

/** What differs. Settings go as a whole; a secret that is not among them is kept. */
export function changesBetween(before: ConnectionDraft, after: ConnectionDraft): ConnectionChanges {
  return {
    ...(after.name === before.name ? {} : { name: after.name }),
    ...(after.alias === before.alias ? {} : { alias: after.alias }),
    ...(after.active === before.active ? {} : { active: after.active }),
    ...(sameSettings(after.settings, before.settings) ? {} : { settings: after.settings }),
  };
}

/** The draft after `submitted` was saved as `saved`: what was typed since it was sent stays, secrets too. */
export function draftAfterSave(
  submitted: ConnectionDraft,
  now: ConnectionDraft,
  saved: ConnectionDraft,
): ConnectionDraft {
  return {
    ...withTypedSince(submitted, now, saved),
    settings: settingsAfterSave(submitted.settings, now.settings, saved.settings),
  };
}

/** Setting by setting, within groups too: a secret that was sent is stored, and must not stay in the form because of its neighbour. */
function settingsAfterSave(
  submitted: SettingsValue,
  now: SettingsValue,
  saved: SettingsValue,
): SettingsValue {
  const merged = (name: string): unknown => {
    const [sent, typed, stored] = [submitted[name], now[name], saved[name]];
    if (sameSettings(sent, typed)) return stored;
    if (isSettings(sent) && isSettings(typed) && isSettings(stored))
      return settingsAfterSave(sent, typed, stored);
    return typed;
  };
  const names = new Set([...Object.keys(saved), ...Object.keys(now)]);
  return Object.fromEntries(
    [...names].map((name) => [name, merged(name)] as const).filter(([, value]) => value !== undefined),
  );
}

const isSettings = (value: unknown): value is SettingsValue =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

/** Whether those who use the connection would notice: it works otherwise than before, or no more. */
export function concernsUsers(changes: ConnectionChanges): boolean {
  return changes.settings !== undefined || changes.active === false;
}

/**
 * The edits of one connection. A newer revision than the one that is edited is taken over at once while nothing is edited; else
 * `stale` says so, and `adopt` takes it.
 */
export function useConnectionDraft(latest: Connection, schema: JsonSchema | undefined) {
  const [base, setBase] = useState(latest);
  const [draft, setDraft] = useState(() => draftOf(latest, schema));
  const changes = changesBetween(draftOf(base, schema), draft);
  const dirty = Object.keys(changes).length > 0;

  const adopt = (connection: Connection) => {
    setBase(connection);
    setDraft(draftOf(connection, schema));
  };
  const newer = latest.revision > base.revision;
  if (newer && !dirty) adopt(latest);

  return {
    base,
    draft,
    changes,
    dirty,
    stale: newer && dirty,
    set: (values: Partial<ConnectionDraft>) => setDraft((before) => ({ ...before, ...values })),
    adopt,
    /** After `submitted` was saved. */
    settle: (submitted: ConnectionDraft, saved: Connection) => {
      setBase(saved);
      setDraft((now) => draftAfterSave(submitted, now, draftOf(saved, schema)));
    },
  };
}
