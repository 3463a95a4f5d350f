export { useGetConnectionModelsQuery, useListConnectionsQuery } from './api';
