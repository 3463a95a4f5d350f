import type { Page, Thread } from 'strapi-plugin-skills-shared/contracts';
import { queryString, sendWith, skillsApi } from '../../http/skills-api';

interface ThreadListRequest {
  skillId: string;
  page: number;
  pageSize: number;
}

const ofSkill = (skillId: string) => ({ type: 'SkillThread' as const, id: skillId });

export const threadsApi = skillsApi.injectEndpoints({
  endpoints: (build) => ({
    listThreads: build.query<Page<Thread>, ThreadListRequest>({
      query: ({ skillId, page, pageSize }) =>
        `/skills/skills/${skillId}/threads${queryString({ page, pageSize })}`,
      // A run that starts or ends changes what a thread says of itself.
      providesTags: (_result, _error, { skillId }) => [ofSkill(skillId), { type: 'SkillRun', id: 'LIST' }],
    }),
    getThread: build.query<Thread, string>({
      query: (id) => `/skills/threads/${id}`,
      transformResponse: (body: { data: Thread }) => body.data,
      providesTags: (result) => (result ? [ofSkill(result.skillId)] : []),
    }),
    createThread: build.mutation<Thread, { skillId: string; name: string }>({
      query: ({ skillId, name }) => ({
        url: `/skills/skills/${skillId}/threads`,
        method: 'POST',
        data: { name },
      }),
      transformResponse: (body: { data: Thread }) => body.data,
      invalidatesTags: (_result, error, { skillId }) => (error ? [] : [ofSkill(skillId)]),
    }),
    renameThread: build.mutation<Thread, { id: string; skillId: string; name: string }>({
      queryFn: ({ id, name }, api) =>
        sendWith<Thread>({ path: `/skills/threads/${id}`, method: 'PATCH', json: { name } }, api),
      invalidatesTags: (_result, _error, { skillId }) => [ofSkill(skillId)],
    }),
    deleteThread: build.mutation<undefined, { id: string; skillId: string }>({
      queryFn: ({ id }, api) => sendWith<undefined>({ path: `/skills/threads/${id}`, method: 'DELETE' }, api),
      invalidatesTags: (_result, error, { skillId }) =>
        error ? [] : [ofSkill(skillId), { type: 'SkillRun', id: 'LIST' }],
    }),
  }),
});

export const {
  useListThreadsQuery,
  useGetThreadQuery,
  useCreateThreadMutation,
  useRenameThreadMutation,
  useDeleteThreadMutation,
} = threadsApi;
