import type {
  AgentDefaults,
  AgentDefaultsSave,
  Connection,
  ConnectionCreate,
  ConnectionModel,
  ConnectionTestResult,
  ConnectionTrial,
  ConnectionUpdate,
  ConnectionUser,
  Page,
} from 'strapi-plugin-skills-shared/contracts';
import type { EnvironmentVariable } from '../../forms/schema';
import { queryString, sendWith, skillsApi } from '../../http/skills-api';
import { everyPage, type Pages } from './every-page';

const chatting = { capability: 'chat', active: 'true', sort: 'name:asc', pageSize: 100 };
/** Of those that chat: a thousand are more than anybody looks through. */
const mostPages = 10;

export type ConnectionListRequest = Record<string, string | number | undefined>;

const list = { type: 'SkillConnection' as const, id: 'LIST' };
const addressOf = (id: string): string => `/skills/connections/${encodeURIComponent(id)}`;

/** A connection shows in the lists of skills and skill types too. */
const changedBy = (id: string) => [
  { type: 'SkillConnection' as const, id },
  list,
  'SkillType' as const,
  'Skill' as const,
];

export const connectionsApi = skillsApi.injectEndpoints({
  endpoints: (build) => ({
    listConnections: build.query<Page<Connection>, ConnectionListRequest>({
      query: (request) => `/skills/connections${queryString(request)}`,
      providesTags: [list],
    }),
    /** All that can be used for chat: who chooses a model chooses among all of them, not among a page. */
    listChatConnections: build.query<Pages<Connection>, void>({
      queryFn: (_nothing, _api, _options, request) =>
        everyPage(async (page) => {
          const answer = await request(`/skills/connections${queryString({ ...chatting, page })}`);
          return answer.error === undefined ? { data: answer.data as Page<Connection> } : answer;
        }, mostPages),
      providesTags: [list],
    }),
    getConnection: build.query<Connection, string>({
      query: addressOf,
      transformResponse: (body: { data: Connection }) => body.data,
      providesTags: (_result, _error, id) => [{ type: 'SkillConnection', id }],
    }),
    /** Asked anew each time: what uses a connection changes elsewhere. */
    getConnectionUsers: build.query<ConnectionUser[], string>({
      query: (id) => `${addressOf(id)}/users`,
      transformResponse: (body: { data: ConnectionUser[] }) => body.data,
      providesTags: (_result, _error, id) => [
        { type: 'SkillConnectionUsers', id },
        'Skill',
        'SkillPlacement',
      ],
    }),
    getConnectionAliasExists: build.query<boolean, { alias: string; except?: string }>({
      query: (request) => `/skills/connections/alias-exists${queryString(request)}`,
      transformResponse: (body: { data: { exists: boolean } }) => body.data.exists,
      providesTags: [list],
    }),
    /** The vendor is asked; a connection that cannot be used rejects with why. */
    getConnectionModels: build.query<ConnectionModel[], string>({
      query: (id) => `${addressOf(id)}/models`,
      transformResponse: (body: { data: ConnectionModel[] }) => body.data,
      providesTags: (_result, _error, id) => [{ type: 'SkillConnection', id }],
    }),
    /** The environment variables that secrets may be taken from, as the server's config allows them. */
    getEnvironmentVariables: build.query<EnvironmentVariable[], void>({
      query: () => '/skills/environment-variables',
      transformResponse: (body: { data: EnvironmentVariable[] }) => body.data,
    }),
    createConnection: build.mutation<Connection, ConnectionCreate>({
      query: (data) => ({ url: '/skills/connections', method: 'POST', data }),
      transformResponse: (body: { data: Connection }) => body.data,
      invalidatesTags: [list, 'SkillType'],
    }),
    updateConnection: build.mutation<Connection, { id: string; changes: ConnectionUpdate }>({
      query: ({ id, changes }) => ({ url: addressOf(id), method: 'PUT', data: changes }),
      transformResponse: (body: { data: Connection }) => body.data,
      invalidatesTags: (_result, error, { id }) => (error ? [] : changedBy(id)),
    }),
    deleteConnection: build.mutation<undefined, string>({
      queryFn: (id, api) => sendWith<undefined>({ path: addressOf(id), method: 'DELETE' }, api),
      // Not the connection itself: its page would ask for what is gone.
      invalidatesTags: (_result, error) => (error ? [] : [list, 'SkillType']),
    }),
    testConnection: build.mutation<ConnectionTestResult, string>({
      query: (id) => ({ url: `${addressOf(id)}/tests`, method: 'POST' }),
      transformResponse: (body: { data: ConnectionTestResult }) => body.data,
      invalidatesTags: (_result, _error, id) => [{ type: 'SkillConnection', id }, list],
    }),
    /** What agent runs work with when neither the request nor the skill says so. */
    getAgentDefaults: build.query<AgentDefaults, void>({
      query: () => '/skills/agent-defaults',
      transformResponse: (body: { data: AgentDefaults }) => body.data,
      // It names a connection, as it is now.
      providesTags: [{ type: 'SkillConnection', id: 'AGENT_DEFAULTS' }, list],
    }),
    saveAgentDefaults: build.mutation<AgentDefaults, AgentDefaultsSave>({
      query: (data) => ({ url: '/skills/agent-defaults', method: 'PUT', data }),
      transformResponse: (body: { data: AgentDefaults }) => body.data,
      invalidatesTags: (_result, error) => (error ? [] : [{ type: 'SkillConnection', id: 'AGENT_DEFAULTS' }]),
    }),
    tryConnection: build.mutation<ConnectionTestResult, ConnectionTrial>({
      query: (data) => ({ url: '/skills/connection-tests', method: 'POST', data }),
      transformResponse: (body: { data: ConnectionTestResult }) => body.data,
    }),
  }),
});

export const {
  useListConnectionsQuery,
  useListChatConnectionsQuery,
  useGetConnectionQuery,
  useGetConnectionUsersQuery,
  useLazyGetConnectionUsersQuery,
  useGetConnectionAliasExistsQuery,
  useLazyGetConnectionModelsQuery,
  useGetConnectionModelsQuery,
  useGetEnvironmentVariablesQuery,
  useGetAgentDefaultsQuery,
  useSaveAgentDefaultsMutation,
  useCreateConnectionMutation,
  useUpdateConnectionMutation,
  useDeleteConnectionMutation,
  useTestConnectionMutation,
  useTryConnectionMutation,
} = connectionsApi;
