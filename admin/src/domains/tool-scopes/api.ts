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
        // In the list at once: to see the former limit for a moment after saving would be alarming.
        async onQueryStarted(_request, { dispatch, queryFulfilled }) {
          const saved = await queryFulfilled.catch(() => undefined);
          if (!saved) return; // Whoever saved is told why not.
          const { subject, scopes } = saved.data;
          dispatch(
            toolScopesApi.util.updateQueryData('listScopeLimits', undefined, (limits) => {
              const stored = limits.find((limit) => sameSubject(limit.subject, subject));
              if (stored) stored.scopes = scopes;
            }),
          );
        },
      },
    ),
  }),
});

export const { useListToolScopesQuery, useListScopeLimitsQuery, useUpdateScopeLimitMutation } = toolScopesApi;
