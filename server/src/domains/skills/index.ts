export { importsOf, kinds, placementsOf, skillsOf, toolScopesOf } from './access';
export { checkAgentChoice, type AgentChoice } from './agent-choice';
export { agentViewerOf } from './agent-viewer';
export type {
  AgentEnd,
  AgentTask,
  ContentToValidate,
  Executor,
  InputFile,
  KindValidation,
  RunChat,
  RunContext,
  RunOutcome,
  RunTarget,
  SkillKind,
  TargetRequest,
  VersionContent,
} from './kinds/kind';
export { describeBundle, firstError, type ImportRequest, type SkillImports } from './imports';
export type { PlacementsService } from './kinds/bundle/hosting/placements-service';
export { pumpChat, type PumpContext, type PumpedAnswer } from './kinds/provider/pump-chat';
export { createVendorFileNames } from './kinds/provider/vendor-file-name';
export type { KindRegistry } from './kinds/registry';
export { skillsPart } from './part';
export type { LastRun, ServedSkill, SkillRecord, SkillVersion } from './skill-record';
export { isServed, sees, serverViewer, viewerOf, type SkillViewer } from './skill-viewer';
export type {
  FileEdit,
  NewSkill,
  SkillFacets,
  SkillListRequest,
  SkillsService,
  SkillSummary,
} from './skills-service';
export type { ToolScopes } from './tool-scopes/scope-registry';
export { viewerNow } from './viewer-now';
