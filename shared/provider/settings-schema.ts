/** JSON, as it crosses a wire. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/** What a schema finds wrong; `path` leads from the settings' root to the field. */
export interface SettingsIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[];
}

export type SettingsResult<Settings> =
  { readonly value: Settings; readonly issues?: undefined } | { readonly issues: readonly SettingsIssue[] };

/**
 * A schema of settings, as Standard Schema and Standard JSON Schema describe it: any library's that speaks both will do (zod
 * from 4.2), in any copy and version of it, since nothing but `~standard` is used. It describes an object.
 *
 * Its JSON Schema draws the form, so say by `.meta()`, or as your library writes annotations:
 * - `title`, `description`: the field's label and hint;
 * - `secret: true`: encrypted at rest, never shown again, masked in logs and events; strings only;
 * - `destination: true`: says where secrets are sent (a base URL); whoever changes it must enter the secrets anew;
 * - `placeholder`: an example in the empty field;
 * - `multiline: true`: a text of several lines;
 * - `enumNames`: labels for the values of an `enum`, in their order.
 *
 * Sources: https://standardschema.dev, https://standardschema.dev/json-schema
 */
export interface SettingsSchema<Settings = unknown> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => SettingsResult<Settings> | Promise<SettingsResult<Settings>>;
    readonly types?: { readonly input: unknown; readonly output: Settings } | undefined;
    readonly jsonSchema: {
      readonly input: (options: { readonly target: 'draft-2020-12' }) => Record<string, unknown>;
    };
  };
}

/** The settings that a schema's `validate` answers. */
export type SettingsOf<Schema> = Schema extends SettingsSchema<infer Settings> ? Settings : never;
