import type { RunFile, SkillMetadata } from 'strapi-plugin-skills-shared/contracts';

/** Compares a run's output with what the skill declares. Answers a sentence for a person when it does not fit. */
export type CheckOutput = (request: {
  metadata: SkillMetadata;
  output: unknown;
  artifacts: readonly RunFile[];
}) => string | undefined;
