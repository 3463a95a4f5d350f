export { useGetSkillQuery, useListSkillsQuery } from './api';
export { useListPlacementsQuery } from './kinds/bundle/hosting/api';
export { providerObstacle } from './kinds/provider/provider-obstacle';
export { kindChoices, kindHasFiles } from './kinds/registry';
export { useWorkspace, type Workspace } from './workspace/workspace-context';
export type { WorkspaceTab } from './workspace/skill-workspace-page';
