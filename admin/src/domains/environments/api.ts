import type { Environment, EnvironmentBuild, EnvironmentSave } from 'strapi-plugin-skills-shared/contracts';
import { sendWith, skillsApi } from '../../http/skills-api';

const addressOf = (skillId: string): string => `/skills/skills/${encodeURIComponent(skillId)}/environment`;
const taggedApi = skillsApi.enhanceEndpoints({ addTagTypes: ['SkillEnvironment'] });
const tagOf = (id: string) => [{ type: 'SkillEnvironment' as const, id }];

const environmentsApi = taggedApi.injectEndpoints({
  endpoints: (build) => ({
    getEnvironment: build.query<Environment, string>({
      query: addressOf,
      transformResponse: (body: { data: Environment }) => body.data,
      providesTags: (_result, _error, id) => tagOf(id),
    }),
    /** A refusal may be because somebody else has saved: what is shown is read anew either way. */
    saveEnvironment: build.mutation<Environment, { skillId: string; save: EnvironmentSave }>({
      queryFn: ({ skillId, save }, api) =>
        sendWith<Environment>({ path: addressOf(skillId), method: 'PUT', json: save }, api),
      invalidatesTags: (_result, _error, { skillId }) => tagOf(skillId),
    }),
    startEnvironmentBuild: build.mutation<EnvironmentBuild, string>({
      queryFn: (skillId, api) =>
        sendWith<EnvironmentBuild>({ path: `${addressOf(skillId)}/builds`, method: 'POST', json: {} }, api),
      invalidatesTags: (_result, _error, skillId) => tagOf(skillId),
    }),
    cancelEnvironmentBuild: build.mutation<EnvironmentBuild, EnvironmentBuild>({
      queryFn: ({ id }, api) =>
        sendWith<EnvironmentBuild>(
          { path: `/skills/environment-builds/${id}/cancellation`, method: 'POST', json: {} },
          api,
        ),
      invalidatesTags: (_result, _error, { skillId }) => tagOf(skillId),
    }),
    removeEnvironmentImage: build.mutation<undefined, string>({
      queryFn: (skillId, api) =>
        sendWith<undefined>({ path: `${addressOf(skillId)}/image`, method: 'DELETE' }, api),
      invalidatesTags: (_result, _error, skillId) => tagOf(skillId),
    }),
  }),
});

export const {
  useGetEnvironmentQuery,
  useSaveEnvironmentMutation,
  useStartEnvironmentBuildMutation,
  useCancelEnvironmentBuildMutation,
  useRemoveEnvironmentImageMutation,
} = environmentsApi;
