import { useRBAC, type Permission } from '@strapi/strapi/admin';

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

// Several lists, because `useRBAC` names an answer by the last word of the action, and most groups have a `read`.
const actionsOf = (group: string, names: readonly string[]) =>
  names.map((name) => action(`${group}.${name}`));
const ofSkills = actionsOf('skills', ['read', 'create', 'update', 'publish', 'archive', 'purge']);
const ofRuns = actionsOf('runs', ['read', 'start', 'cancel', 'steer', 'approve']);
const ofProviders = actionsOf('providers', ['read']);
const ofConnections = actionsOf('connections', ['read', 'create', 'update', 'delete']);
const ofScopeLimits = actionsOf('scope-limits', ['read', 'update']);
const ofEnvironments = actionsOf('environments', ['read', 'update', 'network', 'terminal']);
const ofPlacements = actionsOf('placements', ['manage']);

export interface Allowed {
  readSkills: boolean;
  create: boolean;
  update: boolean;
  publish: boolean;
  archive: boolean;
  purge: boolean;
  readRuns: boolean;
  startRuns: boolean;
  cancelRuns: boolean;
  steerRuns: boolean;
  approveRuns: boolean;
  readProviders: boolean;
  readConnections: boolean;
  createConnections: boolean;
  updateConnections: boolean;
  deleteConnections: boolean;
  readScopeLimits: boolean;
  updateScopeLimits: boolean;
  managePlacements: boolean;
  readEnvironments: boolean;
  updateEnvironments: boolean;
  openHosts: boolean;
  useTerminal: boolean;
}

/** What the administrator may do. Everything is refused while it is being found out, so nothing forbidden flashes up. */
export function useAllowed(): { allowed: Allowed; isLoading: boolean } {
  const skills = useRBAC(ofSkills);
  const runs = useRBAC(ofRuns);
  const providers = useRBAC(ofProviders);
  const connections = useRBAC(ofConnections);
  const scopeLimits = useRBAC(ofScopeLimits);
  const placements = useRBAC(ofPlacements);
  const environments = useRBAC(ofEnvironments);
  const groups = [skills, runs, providers, connections, scopeLimits, placements, environments];
  const may = (group: typeof skills, name: string) => group.allowedActions[`can${name}`] === true;
  return {
    isLoading: groups.some(({ isLoading }) => isLoading),
    allowed: {
      readSkills: may(skills, 'Read'),
      create: may(skills, 'Create'),
      update: may(skills, 'Update'),
      publish: may(skills, 'Publish'),
      archive: may(skills, 'Archive'),
      purge: may(skills, 'Purge'),
      readRuns: may(runs, 'Read'),
      startRuns: may(runs, 'Start'),
      cancelRuns: may(runs, 'Cancel'),
      steerRuns: may(runs, 'Steer'),
      approveRuns: may(runs, 'Approve'),
      readProviders: may(providers, 'Read'),
      readConnections: may(connections, 'Read'),
      createConnections: may(connections, 'Create'),
      updateConnections: may(connections, 'Update'),
      deleteConnections: may(connections, 'Delete'),
      readScopeLimits: may(scopeLimits, 'Read'),
      updateScopeLimits: may(scopeLimits, 'Update'),
      managePlacements: may(placements, 'Manage'),
      readEnvironments: may(environments, 'Read'),
      updateEnvironments: may(environments, 'Update'),
      openHosts: may(environments, 'Network'),
      useTerminal: may(environments, 'Terminal'),
    },
  };
}
