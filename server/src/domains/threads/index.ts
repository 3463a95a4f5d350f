export { threadsPart } from './part';
export type { ThreadRuns, ThreadsService } from './service';
export type { ThreadRecord, ThreadRunCount } from './thread-record';
export { threadsOf } from './threads-of';
