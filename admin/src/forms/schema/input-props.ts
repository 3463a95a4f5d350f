import type { ComponentType } from 'react';
import type { SchemaField } from './field-model';
import type { FieldPath, SettingsValue } from './settings-values';

/** What each input is given. An input says undefined when nothing stands in it. */
export interface InputProps<Field> {
  field: Field;
  value: unknown;
  path: FieldPath;
  onChange: (value: unknown) => void;
}

/** The inputs of an object's fields. */
export interface FieldsProps {
  fields: readonly SchemaField[];
  value: SettingsValue;
  at: FieldPath;
  onChange: (value: SettingsValue) => void;
}

/** An input with fields within. Who draws them is handed down, since they may be of the same sort again. */
export interface NestingProps<Field> extends InputProps<Field> {
  Fields: ComponentType<FieldsProps>;
}
