import { z } from 'zod';
import { findingSchema } from './finding';

/** What to do with a bundle whose alias exists already. `ask` answers `conflict` and stores nothing. */
export const importConflictChoices = ['ask', 'new-version', 'new-skill', 'skip'] as const;

/** What became of one bundle. The same digest as the skill's current version is `unchanged`: nothing is written. */
export const importOutcomes = [
  'created',
  'new-version',
  'unchanged',
  'skipped',
  'conflict',
  'refused',
] as const;

export const importResultSchema = z.object({
  /** What was imported, as its sender named it: the upload's file name, or the folder's path. */
  source: z.string(),
  outcome: z.enum(importOutcomes),
  alias: z.string().nullable(),
  skillId: z.string().nullable(),
  versionNumber: z.number().int().nullable(),
  findings: z.array(findingSchema),
  /** Why it was refused. `path` is the offending path inside the bundle. */
  error: z.object({ code: z.string(), message: z.string(), path: z.string().optional() }).nullable(),
});

export type ImportConflictChoice = (typeof importConflictChoices)[number];
export type ImportOutcome = (typeof importOutcomes)[number];
export type ImportResult = z.infer<typeof importResultSchema>;
