import type { Permission } from '@strapi/strapi/admin';

const action = (name: string): Permission => ({ action: `plugin::skills.${name}`, subject: null });

/** The plugin's RBAC actions, as the server registers them. */
export const permissions = {
  readSkills: [action('skills.read')],
  readRuns: [action('runs.read')],
  readProviders: [action('providers.read')],
  readConnections: [action('connections.read')],
  createConnections: [action('connections.create')],
  /** The scopes are told to who may see skills, the limits to who may see limits: one page shows both. */
  readScopes: [action('skills.read'), action('scope-limits.read')],
  /** What opens the plugin's menu entry: any one of them. */
  open: [
    action('skills.read'),
    action('runs.read'),
    action('connections.read'),
    action('providers.read'),
    action('scope-limits.read'),
  ],
};

/** What the pages ask, and the action that each stands for. */
const actions = {
  readSkills: 'skills.read',
  create: 'skills.create',
  update: 'skills.update',
  publish: 'skills.publish',
  archive: 'skills.archive',
  purge: 'skills.purge',
  readRuns: 'runs.read',
  startRuns: 'runs.start',
  cancelRuns: 'runs.cancel',
  steerRuns: 'runs.steer',
  approveRuns: 'runs.approve',
  readProviders: 'providers.read',
  readConnections: 'connections.read',
  createConnections: 'connections.create',
  updateConnections: 'connections.update',
  deleteConnections: 'connections.delete',
  readScopeLimits: 'scope-limits.read',
  updateScopeLimits: 'scope-limits.update',
  managePlacements: 'placements.manage',
  readEnvironments: 'environments.read',
  updateEnvironments: 'environments.update',
  openHosts: 'environments.network',
  useTerminal: 'environments.terminal',
} as const;

export type Allowed = Readonly<Record<keyof typeof actions, boolean>>;

export const everyPermission: Permission[] = Object.values(actions).map(action);

/** What a person with these permissions may do: each one that is not among them is refused. */
export function allowedBy(granted: readonly Pick<Permission, 'action'>[]): Allowed {
  const names = new Set(granted.map((permission) => permission.action));
  return Object.fromEntries(
    Object.entries(actions).map(([right, name]) => [right, names.has(action(name).action)]),
  ) as Allowed;
}
