import type { JsonObject } from 'strapi-plugin-skills-shared/provider';
import { withinLimit } from '../../../connections';
import type { SkillKind } from '../kind';

/** The vendor's own entry, where its dialect is the one that was asked for. The adapter asks nobody for it. */
export const nativeProviderTool: NonNullable<SkillKind['nativeTool']> = async (
  { provider },
  dialect,
  { connections, askTimeoutMs },
) => {
  if (!provider) return undefined;
  const limit = { limitMs: askTimeoutMs, whom: provider.providerId };
  const tool = await withinLimit(limit, async (signal) => {
    const open = await connections.open(provider.connectionId, { signal });
    const { skillTypeId, settings } = provider;
    return open.getFeature('skills').toTool(skillTypeId, settings as JsonObject);
  });
  return tool.dialect === dialect ? tool : undefined;
};
