export { SchemaForm, type SchemaFormProps } from './schema-form';
export { initialSettings, useSettingsForm } from './use-settings-form';
export { fieldKey, focusFirstError, type FieldErrors } from './field-errors';
export { destinationChanged, type EnvironmentVariable, type SecretsOf } from './secrets';
export { SecretStored } from './secret-stored';
export { sameSettings, type FieldPath, type SettingsValue } from './settings-values';
export type { JsonSchema } from './json-schema';
