export { useGetAgentDefaultsQuery, useGetConnectionModelsQuery, useListConnectionsQuery } from './api';
export { ChatConnectionsNote } from './components/chat-connections-note';
export { connectionChoices } from './components/connection-choices';
export { ModelChoiceFields } from './components/model-choice-fields';
export { ModelField } from './components/model-field';
export {
  useChatConnections,
  type ChatConnections,
  type ModelChoice,
} from './components/use-chat-connections';
