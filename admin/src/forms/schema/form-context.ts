import { createContext, useContext } from 'react';
import type { FieldErrors } from './field-errors';
import type { SecretsOf } from './secrets';
import type { FieldPath } from './settings-values';

/** What every field of a schema's form needs to know. */
export interface FormState {
  /** What the names of inputs begin with, so that two forms on a page keep apart. */
  name: string;
  errors: FieldErrors;
  secrets?: SecretsOf;
  /** Secrets would be sent elsewhere than before, and must be entered anew. */
  anew: boolean;
  disabled: boolean;
}

export const FormContext = createContext<FormState>({
  name: 'settings',
  errors: {},
  anew: false,
  disabled: false,
});

export const useFormState = (): FormState => useContext(FormContext);

/** The `name` of an input. */
export const inputName = ({ name }: FormState, path: FieldPath): string => [name, ...path].join('.');
