import type { VersionDetail } from 'strapi-plugin-skills-shared/contracts';
import { escapePath, sendWith, skillsApi } from '../../http/skills-api';

/** The state that an edit was made in; the server refuses it with 409 when it has changed since. */
export interface At {
  skillId: string;
  versionId: string;
  revision: number;
}

const conditions = ({ versionId, revision }: At) => ({
  'X-Version-Id': versionId,
  'X-Version-Revision': String(revision),
});

/** An edit of the content may change the skill's status, its list of versions and, by its tags, the facets. */
const edited = (_result: unknown, error: unknown, { skillId }: At) =>
  error
    ? []
    : [
        { type: 'Skill' as const, id: skillId },
        { type: 'Skill' as const, id: 'LIST' },
        { type: 'SkillVersion' as const, id: skillId },
      ];

export const contentEndpoints = skillsApi.injectEndpoints({
  endpoints: (build) => ({
    getCurrentContent: build.query<VersionDetail, string>({
      query: (skillId) => `/skills/skills/${encodeURIComponent(skillId)}/files`,
      transformResponse: (body: { data: VersionDetail }) => body.data,
      providesTags: (_result, _error, skillId) => [{ type: 'SkillFiles', id: skillId }],
    }),
  }),
});

const takeOver = (skillId: string, content: VersionDetail) =>
  contentEndpoints.util.upsertQueryData('getCurrentContent', skillId, content);

interface Started {
  dispatch: (action: ReturnType<typeof takeOver>) => unknown;
  queryFulfilled: Promise<{ data: VersionDetail }>;
}

/** The answer of an edit is the new content: it is shown without being asked for again. */
async function showAnswer({ skillId }: At, { dispatch, queryFulfilled }: Started): Promise<void> {
  const answer = await queryFulfilled.catch(() => undefined); // A failed edit leaves what is shown as it is.
  if (answer) dispatch(takeOver(skillId, answer.data));
}

const editEndpoints = skillsApi.injectEndpoints({
  endpoints: (build) => ({
    putFile: build.mutation<VersionDetail, At & { path: string; content: Blob }>({
      queryFn: ({ path, content, ...at }, api) =>
        sendWith<VersionDetail>(
          {
            path: `/skills/skills/${at.skillId}/files/${escapePath(path)}`,
            method: 'PUT',
            body: content,
            headers: { 'Content-Type': 'application/octet-stream', ...conditions(at) },
          },
          api,
        ),
      invalidatesTags: edited,
      onQueryStarted: showAnswer,
    }),
    removeFile: build.mutation<VersionDetail, At & { path: string }>({
      queryFn: ({ path, ...at }, api) =>
        sendWith<VersionDetail>(
          {
            path: `/skills/skills/${at.skillId}/files/${escapePath(path)}`,
            method: 'DELETE',
            headers: conditions(at),
          },
          api,
        ),
      invalidatesTags: edited,
      onQueryStarted: showAnswer,
    }),
    moveFile: build.mutation<VersionDetail, At & { from: string; to: string }>({
      query: ({ skillId, ...data }) => ({
        url: `/skills/skills/${skillId}/file-moves`,
        method: 'POST',
        data,
      }),
      transformResponse: (body: { data: VersionDetail }) => body.data,
      invalidatesTags: edited,
      onQueryStarted: showAnswer,
    }),
    changeFrontmatter: build.mutation<VersionDetail, At & { values: Record<string, unknown> }>({
      queryFn: ({ skillId, ...json }, api) =>
        sendWith<VersionDetail>(
          { path: `/skills/skills/${skillId}/frontmatter`, method: 'PATCH', json },
          api,
        ),
      invalidatesTags: edited,
      onQueryStarted: showAnswer,
    }),
    repair: build.mutation<VersionDetail, At & { codes?: string[] }>({
      query: ({ skillId, ...data }) => ({ url: `/skills/skills/${skillId}/repairs`, method: 'POST', data }),
      transformResponse: (body: { data: VersionDetail }) => body.data,
      invalidatesTags: edited,
      onQueryStarted: showAnswer,
    }),
  }),
});

export const { useGetCurrentContentQuery, useLazyGetCurrentContentQuery } = contentEndpoints;

export const {
  usePutFileMutation,
  useRemoveFileMutation,
  useMoveFileMutation,
  useChangeFrontmatterMutation,
  useRepairMutation,
} = editEndpoints;
