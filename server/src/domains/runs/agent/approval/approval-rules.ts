import { matchesAllowed, matchesApproval, parsePattern, type ToolPattern } from './tool-pattern';

/** Patterns that concern none of these tools: whoever wrote them may wait for nothing. */
export function unknownPatterns(approval: readonly string[], tools: Iterable<string>): string[] {
  const known = new Set(tools);
  return approval.filter((text) => {
    const pattern = parsePattern(text);
    return pattern && !pattern.tools.some((tool) => tool === '*' || known.has(tool));
  });
}

/** Says which calls wait for a person. */
export interface ApprovalRules {
  /** `input` is as the tool reads it. */
  waits(name: string, input: unknown): boolean;
}

/** Who has written something unreadable did not mean that nothing waits. */
const everything: ToolPattern = { tools: ['*'], specifier: undefined };

/**
 * A call waits when a pattern of `approval` may concern it, and none of `allowed` surely covers it. The two are read in opposite ways:
 * what cannot be told waits, and is not allowed.
 */
export function createApprovalRules({
  approval,
  allowed,
}: {
  approval: readonly string[];
  allowed: readonly string[];
}): ApprovalRules {
  const waiting = approval.map((text) => parsePattern(text) ?? everything);
  const free = allowed.map(parsePattern).filter((pattern) => pattern !== undefined);
  return {
    waits: (name, input) =>
      waiting.some((pattern) => matchesApproval(pattern, name, input)) &&
      !free.some((pattern) => matchesAllowed(pattern, name, input)),
  };
}
