import type { ImportResult, Page, Version } from 'strapi-plugin-skills-shared/contracts';
import { queryString, sendWith, skillsApi, uploadWith } from '../../http/skills-api';

interface VersionListRequest {
  skillId: string;
  page: number;
  pageSize: number;
}

/** A publication or a new version changes what lists and pages of the skill show. */
const changed = (skillId: string) => [
  { type: 'Skill' as const, id: skillId },
  { type: 'Skill' as const, id: 'LIST' },
  { type: 'SkillVersion' as const, id: skillId },
  { type: 'SkillFiles' as const, id: skillId },
];

export const versionsApi = skillsApi.injectEndpoints({
  endpoints: (build) => ({
    listVersions: build.query<Page<Version>, VersionListRequest>({
      query: ({ skillId, page, pageSize }) =>
        `/skills/skills/${skillId}/versions${queryString({ page, pageSize })}`,
      providesTags: (_result, _error, { skillId }) => [{ type: 'SkillVersion', id: skillId }],
    }),
    publishVersion: build.mutation<Version, { id: string; skillId: string; note: string }>({
      query: ({ id, note }) => ({
        url: `/skills/versions/${id}/publication`,
        method: 'POST',
        data: note.trim() === '' ? {} : { note: note.trim() },
      }),
      transformResponse: (body: { data: Version }) => body.data,
      invalidatesTags: (_result, _error, { skillId }) => changed(skillId),
    }),
    withdrawSkill: build.mutation<undefined, string>({
      queryFn: (skillId, api) =>
        sendWith<undefined>({ path: `/skills/skills/${skillId}/publication`, method: 'DELETE' }, api),
      invalidatesTags: (_result, _error, skillId) => changed(skillId),
    }),
    uploadVersion: build.mutation<ImportResult, { skillId: string; form: FormData }>({
      queryFn: ({ skillId, form }, api) =>
        uploadWith<ImportResult>({ path: `/skills/skills/${skillId}/versions`, form }, api),
      invalidatesTags: (_result, _error, { skillId }) => changed(skillId),
    }),
  }),
});

export const {
  useListVersionsQuery,
  usePublishVersionMutation,
  useWithdrawSkillMutation,
  useUploadVersionMutation,
} = versionsApi;
