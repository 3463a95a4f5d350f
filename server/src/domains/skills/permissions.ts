import type { PermissionAction } from '../../http/plugin-part';

const action = (uid: string, displayName: string, subCategory = 'skills'): PermissionAction => ({
  uid,
  displayName,
  subCategory,
});

/** What roles may be granted on skills. */
export const skillPermissions: readonly PermissionAction[] = [
  action('skills.read', 'Read'),
  action('skills.create', 'Create and import'),
  action('skills.update', 'Edit, upload versions, activate and deactivate'),
  action('skills.publish', 'Publish and withdraw'),
  action('skills.archive', 'Archive and restore'),
  action('skills.purge', 'Purge archived skills with their runs'),
  action('placements.manage', 'Publish bundles to vendors and withdraw them', 'placements'),
  action('scope-limits.read', 'See which tool scopes tokens and roles are limited to', 'tool scopes'),
  action('scope-limits.update', 'Limit tokens and roles to tool scopes', 'tool scopes'),
  action('skills.read-private', "See and act on others' private skills"),
];
