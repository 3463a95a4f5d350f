export { findPrice, type ConfiguredPrice } from './prices';
export { providersPart } from './part';
export { providersOf } from './providers-of';
export type * from './providers-service';
