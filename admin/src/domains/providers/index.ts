export { CapabilityList } from './components/capability-list';
export { useListProvidersQuery } from './api';
export { ProviderIcon } from './components/provider-icon';
export { InstallHint } from './components/install-hint';
