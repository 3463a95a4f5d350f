export { importsOf, kinds, skillsOf } from './access';
export type {
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
export type { KindRegistry } from './kinds/registry';
export { skillsPart } from './part';
export type { LastRun, ServedSkill, SkillRecord, SkillVersion } from './skill-record';
export { agentViewer, isServed, sees, serverViewer, viewerOf, type SkillViewer } from './skill-viewer';
export type {
  FileEdit,
  NewSkill,
  SkillFacets,
  SkillListRequest,
  SkillsService,
  SkillSummary,
} from './skills-service';
