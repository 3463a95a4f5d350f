import type { ProviderSkillCreate } from 'strapi-plugin-skills-shared/contracts';
import type { SkillKind } from '../kind';
import { bind } from './bind';
import { providerExecutor } from './executor';
import { providerInstructions } from './instructions';
import { nativeProviderTool } from './native-tool';
import { checkProviderRun, providerInputSchema, providerTarget } from './run';
import { writeSkillFile } from './skill-file';
import { validateProviderSkill } from './validate';

/** Settings of a skill type that a connection's provider offers. */
export const providerKind: SkillKind<ProviderSkillCreate> = {
  id: 'provider',
  content: 'form',
  maxAlias: 100,

  async create({ description, connection, skillType, settings, active }, services) {
    const wanted = { connection, skillTypeId: skillType, settings, active };
    const files = writeSkillFile(description, await bind(wanted, services));
    return () => files;
  },

  async save({ description, connection, settings, active }, { provider: before }, services) {
    if (!before) throw new Error('A provider skill whose content is bound to nothing cannot be saved.');
    const wanted = { connection, skillTypeId: before.skillTypeId, settings, active, before };
    return writeSkillFile(description, await bind(wanted, services));
  },

  validate: validateProviderSkill,
  repair: () => Promise.resolve([]),
  instructions: providerInstructions,
  inputSchema: providerInputSchema,
  target: providerTarget,
  checkRun: checkProviderRun,
  nativeTool: nativeProviderTool,
  executor: providerExecutor,
};
