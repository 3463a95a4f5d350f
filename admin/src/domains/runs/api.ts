import type {
  Actor,
  Page,
  Run,
  RunCreate,
  RunSummary,
  Statistics,
} from 'strapi-plugin-skills-shared/contracts';
import { queryString, sendWith, skillsApi } from '../../http/skills-api';

export type RunListRequest = Record<string, string | number | undefined>;

interface RunStart {
  skillId: string;
  /** What the run is asked, or with files a form whose `payload` field is this as JSON. */
  body: RunCreate | FormData;
  /** One for each press of the button: a repeated request starts nothing twice. */
  idempotencyKey: string;
}

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
    startRun: build.mutation<Run, RunStart>({
      queryFn: ({ skillId, body, idempotencyKey }, api) =>
        sendWith<Run>(
          {
            path: `/skills/skills/${skillId}/runs`,
            method: 'POST',
            headers: { 'Idempotency-Key': idempotencyKey },
            ...(body instanceof FormData ? { body } : { json: body }),
          },
          api,
        ),
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
    getStatistics: build.query<Statistics, void>({
      query: () => '/skills/statistics',
      transformResponse: (body: { data: Statistics }) => body.data,
      providesTags: ['SkillStatistics'],
    }),
  }),
});

export const {
  useListRunsQuery,
  useGetRunStartersQuery,
  useGetRunQuery,
  useStartRunMutation,
  useCancelRunMutation,
  useGetStatisticsQuery,
} = runsApi;
