import type {
  Actor,
  Page,
  Run,
  RunApproval,
  RunApprovalsCreate,
  RunChangeDecision,
  RunChanges,
  RunCreate,
  RunMessage,
  RunSummary,
  Statistics,
} from 'strapi-plugin-skills-shared/contracts';
import { queryString, sendWith, skillsApi } from '../../http/skills-api';
import { askedBy, StartKeys } from './start-keys';
import { untilAnswered, type CachedQuery } from './until-answered';

export type RunListRequest = Record<string, string | number | undefined>;

interface RunStart {
  skillId: string;
  /** What the run is asked, or with files a form whose `payload` field is this as JSON. */
  body: RunCreate | FormData;
}

const startKeys = new StartKeys();

const queriesIn = (state: unknown) =>
  (state as Record<string, { queries: Record<string, CachedQuery | undefined> }>)[skillsApi.reducerPath]
    ?.queries ?? {};

async function sendStart({ skillId, body }: RunStart, api: Parameters<typeof sendWith>[1]) {
  const asked = askedBy(skillId, body);
  const key = startKeys.keyFor(asked);
  const answer = await sendWith<Run>(
    {
      path: `/skills/skills/${skillId}/runs`,
      method: 'POST',
      headers: { 'Idempotency-Key': key },
      ...(body instanceof FormData ? { body } : { json: body }),
    },
    api,
  );
  startKeys.settled(asked, key, 'error' in answer ? answer.error.status : 201);
  return answer;
}

/** What hangs on a run, and is read anew when an event of the run says that it has changed. */
const partsOf = (id: string) => ({ type: 'SkillRun', id: `${id}:parts` }) as const;

export const runsApi = skillsApi.injectEndpoints({
  endpoints: (build) => ({
    listRuns: build.query<Page<RunSummary>, RunListRequest>({
      query: (request) => `/skills/runs${queryString(request)}`,
      providesTags: [{ type: 'SkillRun', id: 'LIST' }],
    }),
    getRunStarters: build.query<Actor[], void>({
      query: () => '/skills/runs/starters',
      transformResponse: (body: { data: Actor[] }) => body.data,
      providesTags: [{ type: 'SkillRun', id: 'STARTERS' }],
    }),
    getRun: build.query<Run, string>({
      query: (id) => `/skills/runs/${id}`,
      transformResponse: (body: { data: Run }) => body.data,
      providesTags: (_result, _error, id) => [{ type: 'SkillRun', id }],
    }),
    /** Pressing again after a lost answer starts nothing twice. */
    startRun: build.mutation<Run, RunStart>({
      queryFn: sendStart,
      // A run freezes the version that it depends on.
      invalidatesTags: (_result, error, { skillId }) =>
        error
          ? []
          : [
              { type: 'SkillRun', id: 'LIST' },
              { type: 'SkillRun', id: 'STARTERS' },
              { type: 'Skill', id: skillId },
              { type: 'Skill', id: 'LIST' },
              { type: 'SkillFiles', id: skillId },
              { type: 'SkillVersion', id: skillId },
              'SkillStatistics',
            ],
    }),
    cancelRun: build.mutation<Run, string>({
      query: (id) => ({ url: `/skills/runs/${id}/cancellation`, method: 'POST' }),
      transformResponse: (body: { data: Run }) => body.data,
      invalidatesTags: (_result, _error, id) => [
        { type: 'SkillRun', id },
        { type: 'SkillRun', id: 'LIST' },
      ],
    }),
    /** A run reads differently now, for a reason that lies elsewhere. */
    noteRunChange: build.mutation<null, string>({
      queryFn: async (id, { getState }) => {
        await untilAnswered(() => queriesIn(getState()), id);
        return { data: null };
      },
      invalidatesTags: (_result, _error, id) => [{ type: 'SkillRun', id }, partsOf(id)],
    }),
    listRunChildren: build.query<Page<RunSummary>, { id: string; page: number }>({
      query: ({ id, page }) =>
        `/skills/runs${queryString({ parent: id, page, pageSize: 20, sort: 'createdAt:asc' })}`,
      providesTags: (_result, _error, { id }) => [partsOf(id)],
    }),
    /** The runs that wait among those that a run has started. A decision in one of them changes the list. */
    listWaitingChildren: build.query<Page<RunSummary>, string>({
      query: (id) =>
        `/skills/runs${queryString({ parent: id, status: 'waiting', pageSize: 20, sort: 'createdAt:asc' })}`,
      providesTags: (result, _error, id) => [
        partsOf(id),
        ...(result?.data ?? []).map((child) => ({ type: 'SkillRun', id: child.id }) as const),
      ],
    }),
    listRunMessages: build.query<RunMessage[], string>({
      query: (id) => `/skills/runs/${id}/messages`,
      transformResponse: (body: { data: RunMessage[] }) => body.data,
      providesTags: (_result, _error, id) => [partsOf(id)],
    }),
    sendRunMessage: build.mutation<RunMessage, { id: string; text: string }>({
      query: ({ id, text }) => ({ url: `/skills/runs/${id}/messages`, method: 'POST', data: { text } }),
      transformResponse: (body: { data: RunMessage }) => body.data,
      invalidatesTags: (_result, _error, { id }) => [{ type: 'SkillRun', id }, partsOf(id)],
    }),
    listRunApprovals: build.query<RunApproval[], string>({
      query: (id) => `/skills/runs/${id}/approvals`,
      transformResponse: (body: { data: RunApproval[] }) => body.data,
      providesTags: (_result, _error, id) => [partsOf(id)],
    }),
    decideApprovals: build.mutation<unknown, { id: string } & RunApprovalsCreate>({
      query: ({ id, decisions }) => ({
        url: `/skills/runs/${id}/approvals`,
        method: 'POST',
        data: { decisions },
      }),
      // Also when it failed: somebody else may have been quicker.
      invalidatesTags: (_result, _error, { id }) => [{ type: 'SkillRun', id }, partsOf(id)],
    }),
    getRunChanges: build.query<RunChanges, string>({
      query: (id) => `/skills/runs/${id}/changes`,
      transformResponse: (body: { data: RunChanges }) => body.data,
      providesTags: (_result, _error, id) => [partsOf(id)],
    }),
    /** Taking changes makes, or edits, a draft of the skill. */
    decideRunChanges: build.mutation<RunChanges, { run: Run } & RunChangeDecision>({
      query: ({ run, ...decision }) => ({
        url: `/skills/runs/${run.id}/change-decision`,
        method: 'POST',
        data: decision,
      }),
      transformResponse: (body: { data: RunChanges }) => body.data,
      invalidatesTags: (_result, _error, { run }) => [
        { type: 'SkillRun', id: run.id },
        partsOf(run.id),
        ...(run.skill
          ? ([
              { type: 'Skill', id: run.skill.id },
              { type: 'Skill', id: 'LIST' },
              { type: 'SkillFiles', id: run.skill.id },
              { type: 'SkillVersion', id: run.skill.id },
            ] as const)
          : []),
      ],
    }),
    getStatistics: build.query<Statistics, void>({
      query: () => '/skills/statistics',
      transformResponse: (body: { data: Statistics }) => body.data,
      providesTags: ['SkillStatistics'],
    }),
  }),
});

export const {
  useListRunsQuery,
  useLazyListRunsQuery,
  useGetRunStartersQuery,
  useGetRunQuery,
  useStartRunMutation,
  useCancelRunMutation,
  useNoteRunChangeMutation,
  useListRunChildrenQuery,
  useListWaitingChildrenQuery,
  useListRunMessagesQuery,
  useSendRunMessageMutation,
  useListRunApprovalsQuery,
  useDecideApprovalsMutation,
  useGetRunChangesQuery,
  useDecideRunChangesMutation,
  useGetStatisticsQuery,
} = runsApi;
