import type { PermissionAction } from '../../http/plugin-part';

const action = (uid: string, displayName: string): PermissionAction => ({
  uid,
  displayName,
  subCategory: 'runs',
});

/** What roles may be granted on runs. Whose runs are seen follows from whose skills are. */
export const runPermissions: readonly PermissionAction[] = [
  action('runs.read', 'Read'),
  action('runs.start', 'Start'),
  action('runs.cancel', 'Cancel'),
  action('runs.steer', 'Write to agents'),
  action('runs.approve', 'Approve tool calls'),
];
