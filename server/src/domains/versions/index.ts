export * from './content-limits';
export type { Collected } from './collect-garbage';
export { versionsPart, versionsOf } from './part';
export * from './paths';
export { createVersionsService } from './service';
export type * from './versions-service';
