import { z } from 'zod';

/**
 * One thing that validation found in a version.
 * An `error` may live in a draft but cannot be run, published or imported; a `warning` is kept on the version.
 * `field` is a dotted path into the frontmatter (`metadata.version`) or absent for the file as a whole; `line` and
 * `column` count from 1 in `file`. `repair`, where a machine can mend it, is the sentence on the repair button.
 */
export const findingSchema = z.object({
  severity: z.enum(['error', 'warning']),
  code: z.string(),
  message: z.string(),
  file: z.string().optional(),
  field: z.string().optional(),
  line: z.number().int().min(1).optional(),
  column: z.number().int().min(1).optional(),
  repair: z.string().optional(),
});

export type Finding = z.infer<typeof findingSchema>;

/** Whether a version with these findings may be run, published or imported. */
export function isUsable(findings: readonly Finding[]): boolean {
  return findings.every((finding) => finding.severity !== 'error');
}
