import type { ProviderRejection } from 'strapi-plugin-skills-shared/contracts';
import { specificationVersion, type Provider } from 'strapi-plugin-skills-shared/provider';
import { z } from 'zod';
import type { SettingsForm } from '../providers-service';
import { readSettingsForm } from './settings-form';

/** What an adapter's definition turned out to be. `id` and `displayName` are told of a rejected one as far as it has them. */
export type ReadDefinition =
  | { provider: Provider; settings: SettingsForm; icon: string | null; warnings: string[]; rejection: null }
  | {
      rejection: ProviderRejection;
      id: string | null;
      displayName: string | null;
      specificationVersion: number | null;
    };

/** Pictures are shown in the panel as they are: an SVG in an `img` runs no script and loads nothing. */
const iconPattern = /^data:image\/svg\+xml[;,]/i;
const MAX_ICON_LENGTH = 64 * 1024;

const callable = z.custom<(...args: never[]) => unknown>(
  (value) => typeof value === 'function',
  'is no function',
);
const id = z.string().min(1).max(64);

const capabilitySchema = z.looseObject({
  create: callable,
  features: z
    .custom<object>((value) => typeof value === 'object' && value !== null, 'is no object')
    .optional(),
});

const definitionSchema = z.looseObject({
  id: id.regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'is not kebab-case'),
  displayName: z.string().trim().min(1).max(100),
  description: z.string().max(1000).optional(),
  settingsSchema: z.custom(
    (value) => isStandardSchema(value),
    "does not speak Standard Schema and Standard JSON Schema ('~standard')",
  ),
  capabilities: z.record(id, capabilitySchema),
  testConnection: callable,
});

/** Looks at everything that a definition promises, since nothing of it is called before somebody needs it. */
export function readDefinition(definition: unknown): ReadDefinition {
  if (typeof definition !== 'object' || definition === null) {
    return rejected({}, 'no-provider', 'It exports neither `provider` nor a default that is a provider.');
  }
  const claimed = definition as Record<string, unknown>;
  if (claimed.specificationVersion === undefined && claimed.capabilities === undefined) {
    return rejected(claimed, 'no-provider', 'What it exports is no definition of a provider.');
  }
  if (claimed.specificationVersion !== specificationVersion) {
    const version = JSON.stringify(claimed.specificationVersion) ?? 'none';
    return rejected(
      claimed,
      'wrong-specification-version',
      `It speaks version ${version} of the provider contract; this plugin speaks version ${specificationVersion}.`,
    );
  }
  const checked = definitionSchema.safeParse(claimed);
  if (!checked.success) return rejected(claimed, 'invalid-definition', sentenceOf(checked.error));
  const provider = definition as Provider;
  try {
    const settings = readSettingsForm(provider.settingsSchema);
    return { provider, settings, ...iconOf(provider), rejection: null };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return rejected(claimed, 'invalid-definition', `Its settings cannot be read: ${reason}.`);
  }
}

function iconOf({ icon }: Provider): { icon: string | null; warnings: string[] } {
  if (icon === undefined) return { icon: null, warnings: [] };
  if (typeof icon === 'string' && icon.length <= MAX_ICON_LENGTH && iconPattern.test(icon))
    return { icon, warnings: [] };
  return {
    icon: null,
    warnings: ['Its icon is no data:image/svg+xml URL of at most 64 KiB, and is not shown.'],
  };
}

function rejected(
  claimed: Record<string, unknown>,
  code: ProviderRejection['code'],
  message: string,
): ReadDefinition {
  const { id, displayName, specificationVersion: version } = claimed;
  return {
    rejection: { code, message },
    id: typeof id === 'string' ? id.slice(0, 64) : null,
    displayName: typeof displayName === 'string' ? displayName.slice(0, 100) : null,
    specificationVersion: typeof version === 'number' ? version : null,
  };
}

function sentenceOf(error: z.ZodError): string {
  const [issue] = error.issues;
  const field = issue?.path.map(String).join('.') ?? '';
  return `Its definition is not valid at '${field}': ${issue?.message.replace(/\.$/, '')}.`;
}

function isStandardSchema(value: unknown): boolean {
  const holder = (typeof value === 'object' || typeof value === 'function') && value !== null ? value : {};
  const standard = (holder as Record<string, unknown>)['~standard'];
  if (typeof standard !== 'object' || standard === null) return false;
  const { version, validate, jsonSchema } = standard as Record<string, unknown>;
  const { input } = (typeof jsonSchema === 'object' && jsonSchema !== null ? jsonSchema : {}) as {
    input?: unknown;
  };
  return version === 1 && typeof validate === 'function' && typeof input === 'function';
}
