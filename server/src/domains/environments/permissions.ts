import type { PermissionAction } from '../../http/plugin-part';

const action = (uid: string, displayName: string): PermissionAction => ({
  uid,
  displayName,
  subCategory: 'environments',
});

/** What roles may be granted on the environments of skills that they see. */
export const environmentPermissions: readonly PermissionAction[] = [
  action('environments.read', 'Read'),
  action('environments.update', 'Edit, and build images'),
  action('environments.network', 'Open hosts to skills'),
  action('environments.terminal', 'Use a terminal'),
];
