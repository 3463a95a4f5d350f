export { providerKind } from './kind';
export { promptOf } from './run';
