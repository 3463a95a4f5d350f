import { useState } from 'react';
import { rebase, withTypedSince } from './rebase';
import { sameSettings } from './schema/settings-values';

interface Kept<Form> {
  revision: string;
  /** What was stored when the form was last in step with the server. */
  stored: Form;
  form: Form;
  disputed: readonly (keyof Form)[];
  taken: readonly (keyof Form)[];
}

/** What stands in a form after `submitted` was saved as `saved`, when it is at `now`. */
type Resume<Form> = (submitted: Form, now: Form, saved: Form) => Form;

/**
 * A form over something stored, which others may change meanwhile. Whenever `revision` changes, `stored` is taken over, and what was
 * typed stays: `disputed` names the fields that both have changed, `taken` those that only the other has.
 */
export function useKeptForm<Form extends object>(stored: Form, revision: string) {
  const fresh = (): Kept<Form> => ({ revision, stored, form: stored, disputed: [], taken: [] });
  const [kept, setKept] = useState(fresh);
  let shown = kept;
  if (kept.revision !== revision) {
    const dirty = !sameSettings(kept.form, kept.stored);
    const rebased = rebase(kept.stored, kept.form, stored);
    // Who has typed nothing just sees what is stored now; there is nothing to tell.
    shown = dirty ? { revision, stored, ...rebased } : fresh();
    setKept(shown);
  }
  const { form, disputed, taken } = shown;
  return {
    form,
    stored: shown.stored,
    dirty: !sameSettings(form, shown.stored),
    disputed,
    taken,
    set: (values: Partial<Form>) => setKept((now) => ({ ...now, form: { ...now.form, ...values } })),
    /** Forgets what was typed. */
    reset: () => setKept(fresh()),
    /** After `submitted` was saved, and is stored as `saved`: what was typed since it was sent stays. */
    settle: (submitted: Form, saved: Form, goOn: Resume<Form> = withTypedSince) =>
      setKept((now) => ({
        ...now,
        stored: saved,
        form: goOn(submitted, now.form, saved),
        disputed: [],
        taken: [],
      })),
    /** Forgets what others have changed; the form stays. */
    dismiss: () => setKept((now) => ({ ...now, disputed: [], taken: [] })),
  };
}
