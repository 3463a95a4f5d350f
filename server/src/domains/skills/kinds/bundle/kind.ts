import type { BundleCreate } from 'strapi-plugin-skills-shared/contracts';
import type { SkillKind } from '../kind';
import { createBlankBundle } from './blank-skill';
import { createBundleExecutor } from './executor';
import { checkBundleRun, checkOutput } from './ports/check-run';
import { readInstructions } from './instructions';
import { inputSchema } from './ports/port-schema';
import { repairBundle } from './repair';
import { bundleTarget } from './run-target';
import { diagnoseBundle } from './validation/validate-bundle';

/** A folder in the Agent Skills format. */
export const bundleKind: SkillKind<BundleCreate> = {
  id: 'bundle',
  content: 'files',
  maxAlias: 64,
  create: createBlankBundle,
  async validate(content) {
    const { diagnoses, metadata } = await diagnoseBundle(content);
    return { findings: diagnoses.map(({ finding }) => finding), metadata };
  },
  repair: repairBundle,
  instructions: readInstructions,
  inputSchema: ({ inputs }) => inputSchema(inputs),
  target: bundleTarget,
  checkRun: checkBundleRun,
  executor: createBundleExecutor({
    checkOutput: ({ metadata, output, artifacts }) =>
      checkOutput(metadata.outputs, output, artifacts)?.message,
  }),
};
