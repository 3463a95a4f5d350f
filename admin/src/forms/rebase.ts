import { sameSettings } from './schema/settings-values';

export interface Rebased<Form> {
  form: Form;
  /** Fields that both have changed, to different values: what was typed stands in the form. */
  disputed: (keyof Form)[];
  /** Fields that only the other has changed: they stand in the form as they are stored now. */
  taken: (keyof Form)[];
}

/**
 * What stands in a form when somebody else's change arrives while one is typing: what was typed stays, all else is as it is stored.
 * `before` is what was stored when the typing began.
 */
export function rebase<Form extends object>(before: Form, typed: Form, stored: Form): Rebased<Form> {
  const fields = Object.keys(stored) as (keyof Form)[];
  const mine = fields.filter((field) => !sameSettings(before[field], typed[field]));
  const theirs = fields.filter((field) => !sameSettings(before[field], stored[field]));
  const form = { ...stored };
  for (const field of mine) form[field] = typed[field];
  return {
    form,
    disputed: mine.filter((field) => theirs.includes(field) && !sameSettings(typed[field], stored[field])),
    taken: theirs.filter((field) => !mine.includes(field)),
  };
}

/** What stands in a form when what was `submitted` is stored as `saved`: fields that were changed since it was sent stay as they are now. */
export function withTypedSince<Form extends object>(submitted: Form, now: Form, saved: Form): Form {
  return rebase(submitted, now, saved).form;
}
