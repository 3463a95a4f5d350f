import type { ProviderBinding } from 'strapi-plugin-skills-shared/contracts';
import { z } from 'zod';
import type { NewFile } from '../../../versions';

/** The one file of a provider skill's content: see docs/decisions/0002. */
export const skillFileName = 'skill.json';

/** Characters of a provider skill's description. */
export const maxDescription = 2_000;

/** What `skill.json` says. Names are kept beside ids for when the connection or the adapter is gone. */
export const skillFileSchema = z.strictObject({
  description: z.string(),
  /** A connection's id. */
  connection: z.string().min(1),
  provider: z.string().min(1),
  skillType: z.string().min(1).max(100),
  skillTypeName: z.string().min(1),
  settings: z.record(z.string(), z.unknown()),
});

/** The file with its keys in one order, so that the same content has the same digest. */
export function writeSkillFile(description: string, binding: ProviderBinding): NewFile[] {
  const content: z.input<typeof skillFileSchema> = {
    description,
    connection: binding.connectionId,
    provider: binding.providerId,
    skillType: binding.skillTypeId,
    skillTypeName: binding.skillTypeName,
    settings: binding.settings,
  };
  const text = `${JSON.stringify(content, null, 2)}\n`;
  return [{ path: skillFileName, content: Buffer.from(text), executable: false }];
}
