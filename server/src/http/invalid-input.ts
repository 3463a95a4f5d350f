import type { z } from 'zod';
import { InvalidError } from './errors';

/** Reads `value` by `schema`. Throws 400 `invalid-input` with the first fault as message and `path`, and all in `issues`. */
export function parseInput<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issues = result.error.issues.map((issue) => ({
    path: issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key)),
    message: issue.message,
  }));
  const [first] = issues;
  throw new InvalidError(sentence(first), {
    code: 'invalid-input',
    path: first?.path ?? [],
    issues,
  });
}

function sentence(issue: { path: (string | number)[]; message: string } | undefined): string {
  if (!issue) return 'The request is not valid.';
  const fault = issue.message.replace(/\.$/, '');
  return issue.path.length === 0
    ? `The request is not valid: ${fault}.`
    : `${issue.path.join('.')}: ${fault}.`;
}
