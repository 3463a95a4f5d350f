import type { ScopeLimit, ToolScope } from 'strapi-plugin-skills-shared/contracts';
import { skillsApi } from '../../http/skills-api';

const sameSubject = (one: ScopeLimit['subject'], other: ScopeLimit['subject']): boolean =>
  one.type === other.type && one.id === other.id;

export const toolScopesApi = skillsApi.injectEndpoints({
  endpoints: (build) => ({
    listToolScopes: build.query<ToolScope[], void>({
      query: () => '/skills/tool-scopes',
      transformResponse: (body: { data: ToolScope[] }) => body.data,
    }),
    /** Every API token and every role of the content API, with its limit or without one. */
    listScopeLimits: build.query<ScopeLimit[], void>({
      query: () => '/skills/scope-limits',
      transformResponse: (body: { data: ScopeLimit[] }) => body.data,
      providesTags: ['SkillScopeLimit'],
    }),
    updateScopeLimit: build.mutation<ScopeLimit, { subject: ScopeLimit['subject']; scopes: string[] | null }>(
      {
        query: ({ subject, scopes }) => ({
          url: `/skills/scope-limits/${subject.type}/${encodeURIComponent(subject.id)}`,
          method: 'PUT',
          data: { scopes },
        }),
        transformResponse: (body: { data: ScopeLimit }) => body.data,
        invalidatesTags: ['SkillScopeLimit'],
      },
    ),
  }),
});

export const { useListToolScopesQuery, useListScopeLimitsQuery, useUpdateScopeLimitMutation } = toolScopesApi;
