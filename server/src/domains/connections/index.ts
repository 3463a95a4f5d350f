export type * from './connections-service';
