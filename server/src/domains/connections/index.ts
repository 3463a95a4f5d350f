export { connectionsOf } from './connections-of';
export type * from './connections-service';
export { connectionsPart } from './part';
export { withinLimit } from './within-limit';
