import { createContext, useContext } from 'react';
import type { Skill, VersionDetail } from 'strapi-plugin-skills-shared/contracts';
import type { Allowed } from '../../../http/permissions';
import type { VersionWrites } from './version-writes';

/** What every tab of a skill's workspace shares. */
export interface Workspace {
  skill: Skill;
  /** The current version, opened. */
  content: VersionDetail;
  allowed: Allowed;
  /** Whether the content may be changed: by the role, and because the skill is not archived. */
  editable: boolean;
  /** Every edit goes through here, so that edits of one window never refuse each other. */
  writes: VersionWrites;
}

export const WorkspaceContext = createContext<Workspace | null>(null);

export function useWorkspace(): Workspace {
  const workspace = useContext(WorkspaceContext);
  if (!workspace) throw new Error('A tab of the workspace stands outside of it.');
  return workspace;
}
