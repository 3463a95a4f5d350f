export type * from './capabilities/chat';
export type * from './capabilities/embedding';
export type * from './context';
export { defineProvider, type ProviderDefinition } from './define-provider';
export type * from './features/hosted-skills';
export type * from './features/skills';
export type * from './provider';
export {
  ProviderError,
  providerErrorCodes,
  providerErrorData,
  type ProviderErrorCode,
  type ProviderErrorData,
} from './provider-error';
export type * from './settings-schema';
export { specificationVersion, type SpecificationVersion } from './specification-version';
