export { useGetAgentDefaultsQuery, useGetConnectionModelsQuery, useListConnectionsQuery } from './api';
export { ModelChoiceFields } from './components/model-choice-fields';
export { ModelField } from './components/model-field';
export { useChatConnections, type ModelChoice } from './components/use-chat-connections';
