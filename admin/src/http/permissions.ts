import { useRBAC, type Permission } from '@strapi/strapi/admin';

const action = (name: string): Permission => ({ action: `plugin::skills.${name}`, subject: null });

/** The plugin's RBAC actions, as the server registers them. */
export const permissions = {
  readSkills: [action('skills.read')],
  readRuns: [action('runs.read')],
  /** What opens the plugin's menu entry: any one of them. */
  open: [action('skills.read'), action('runs.read')],
};

// Two lists, because `useRBAC` names an answer by the last word of the action, and both groups have a `read`.
const ofSkills = ['read', 'create', 'update', 'publish', 'archive', 'purge'].map((name) =>
  action(`skills.${name}`),
);
const ofRuns = ['read', 'start', 'cancel'].map((name) => action(`runs.${name}`));

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
}

/** What the administrator may do. Everything is refused while it is being found out, so nothing forbidden flashes up. */
export function useAllowed(): { allowed: Allowed; isLoading: boolean } {
  const skills = useRBAC(ofSkills);
  const runs = useRBAC(ofRuns);
  const may = (group: typeof skills, name: string) => group.allowedActions[`can${name}`] === true;
  return {
    isLoading: skills.isLoading || runs.isLoading,
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
    },
  };
}
