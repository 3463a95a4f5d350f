export type * from './providers-service';
