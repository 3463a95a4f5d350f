export { runsPart } from './part';
export type { RunRecord, RunWithFiles } from './run-record';
export { runsOf } from './runs-of';
export type { RunsService } from './service';
export type { StartRequest } from './starting/start-run';
