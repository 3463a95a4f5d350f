import type { ImportResult, Page, Version, VersionDetail } from 'strapi-plugin-skills-shared/contracts';
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
    getVersion: build.query<VersionDetail, string>({
      query: (id) => `/skills/versions/${id}`,
      transformResponse: (body: { data: VersionDetail }) => body.data,
      providesTags: (result) => (result ? [{ type: 'SkillVersion', id: result.skillId }] : []),
    }),
    /** Makes a version the skill's current one; `revision` is the skill's. */
    checkoutVersion: build.mutation<undefined, { skillId: string; versionId: string; revision: number }>({
      queryFn: ({ skillId, ...json }, api) =>
        sendWith<undefined>({ path: `/skills/skills/${skillId}/checkout`, method: 'POST', json }, api),
      // A refused one asks too: the revision that it was refused for is then known.
      invalidatesTags: (_result, _error, { skillId }) => changed(skillId),
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
  useGetVersionQuery,
  useCheckoutVersionMutation,
  usePublishVersionMutation,
  useWithdrawSkillMutation,
  useUploadVersionMutation,
} = versionsApi;
