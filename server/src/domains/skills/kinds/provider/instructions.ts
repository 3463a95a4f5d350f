import type { SkillKind } from '../kind';
import { validateProviderSkill } from './validate';

/** What the skill does, for an agent that decides whether to call it. */
export const providerInstructions: SkillKind['instructions'] = async (content) => {
  const { metadata } = await validateProviderSkill(content);
  if (!metadata.provider) return '';
  const { skillTypeName, providerId } = metadata.provider;
  const does =
    `This skill is "${skillTypeName}" of the provider "${providerId}", with settings of its own. ` +
    'Run it with a prompt that says what is wanted: the provider does it and answers. ' +
    "Or put the skill's tool entry into a request of your own.";
  return [metadata.description?.trim(), does].filter(Boolean).join('\n\n');
};
