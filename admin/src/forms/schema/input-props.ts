import type { FieldPath } from './settings-values';

/** What each input is given. An input says undefined when nothing stands in it. */
export interface InputProps<Field> {
  field: Field;
  value: unknown;
  path: FieldPath;
  onChange: (value: unknown) => void;
}
