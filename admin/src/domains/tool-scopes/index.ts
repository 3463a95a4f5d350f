export { useListToolScopesQuery } from './api';
