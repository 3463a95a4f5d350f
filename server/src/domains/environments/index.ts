export { environmentsOf } from './environments-of';
export type { EnvironmentsService, NewImage } from './environments-service';
export { emptyEnvironment, type OpenEnvironment } from './open-environment';
export { environmentsPart } from './part';
export { terminalPart } from './terminal';
