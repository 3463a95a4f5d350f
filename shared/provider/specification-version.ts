/**
 * The version of this contract that an adapter speaks. It changes only when an adapter written for the former one could no
 * longer be used; the plugin lists adapters of another version with that reason, and does not load them.
 */
export const specificationVersion = 1;
export type SpecificationVersion = typeof specificationVersion;
