import type { RunApproval } from 'strapi-plugin-skills-shared/contracts';

/** The call that a person decides on next: the first open one behind those that were decided just now, else the first of all. */
export function nextOpen(
  approvals: readonly Pick<RunApproval, 'callId' | 'approved'>[],
  decided: readonly string[],
): string | undefined {
  const last = approvals.findLastIndex(({ callId }) => decided.includes(callId));
  const isOpen = ({ callId, approved }: Pick<RunApproval, 'callId' | 'approved'>) =>
    approved === null && !decided.includes(callId);
  return (approvals.slice(last + 1).find(isOpen) ?? approvals.find(isOpen))?.callId;
}
