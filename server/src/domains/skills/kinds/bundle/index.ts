export * from './bundle';
export {
  readBundle,
  readBundles,
  sourceAt,
  type BundleSource,
  type UploadedFile,
} from './reading/read-bundles';
export { findSkillFolders } from './reading/read-folder';
export type { RefusalCode } from './refusal';
export { editFrontmatter, frontmatterValuesSchema, type FrontmatterValues } from './frontmatter-values';
export { repairBundle } from './repair';
export { diagnoseBundle } from './validation/validate-bundle';
export { isAlias, toAlias } from './validation/name-rule';
export { checkBundleRun, checkOutput } from './ports/check-run';
export { checkPorts, matchesMime, type PortProblem } from './ports/check-values';
export { inputSchema, withDefaults, type JsonSchema } from './ports/port-schema';
export { bundleKind } from './kind';
export { frontmatterChanges } from './frontmatter-changes';
export { archiveMimes, writeArchive } from './archive/write-archive';
export type { OutgoingBundle, OutgoingFile } from './archive/outgoing-file';
export type { ArchiveFormat } from './archive/read-archive';
export { bundleAlias, contentOf } from './bundle-alias';
