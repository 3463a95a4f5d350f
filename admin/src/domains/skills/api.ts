import type {
  Actor,
  ImportResult,
  Page,
  Skill,
  SkillCreate,
  SkillUpdate,
  ToolScope,
} from 'strapi-plugin-skills-shared/contracts';
import { queryString, sendWith, skillsApi, uploadWith } from '../../http/skills-api';

/** What lists of skills can be narrowed to: the values that exist. */
export interface Facets {
  tags: string[];
  categories: string[];
  owners: Actor[];
  kinds: string[];
  /** Of provider skills. */
  skillTypes: { id: string; name: string }[];
}

/** The limits of bundles, in bytes and counts, as the server is configured. */
export interface BundleLimits {
  maxBytes: number;
  maxFiles: number;
  maxFileBytes: number;
  maxPathBytes: number;
  maxDepth: number;
}

export type SkillListRequest = Record<string, string | number | undefined>;

const list = { type: 'Skill' as const, id: 'LIST' };

export const skillEndpoints = skillsApi.injectEndpoints({
  endpoints: (build) => ({
    listSkills: build.query<Page<Skill>, SkillListRequest>({
      query: (request) => `/skills/skills${queryString(request)}`,
      providesTags: [list],
    }),
    getSkill: build.query<Skill, string>({
      query: (id) => `/skills/skills/${encodeURIComponent(id)}`,
      transformResponse: (body: { data: Skill }) => body.data,
      providesTags: (_result, _error, id) => [{ type: 'Skill', id }],
    }),
    getFacets: build.query<Facets, void>({
      query: () => '/skills/skills/facets',
      transformResponse: (body: { data: Facets }) => body.data,
      providesTags: ['SkillFacets'],
    }),
    /** Whether another skill has the alias, in whatever case. */
    aliasExists: build.query<{ exists: boolean }, { alias: string; except?: string }>({
      query: (request) => `/skills/skills/alias-exists${queryString(request)}`,
      transformResponse: (body: { data: { exists: boolean } }) => body.data,
      // Somebody else may take it at any time.
      keepUnusedDataFor: 0,
    }),
    listSkillToolScopes: build.query<ToolScope[], void>({
      query: () => '/skills/tool-scopes',
      transformResponse: (body: { data: ToolScope[] }) => body.data,
    }),
    getBundleLimits: build.query<BundleLimits, void>({
      query: () => '/skills/settings/limits',
      transformResponse: (body: { data: { bundle: BundleLimits } }) => body.data.bundle,
    }),
    createSkill: build.mutation<Skill, SkillCreate>({
      query: (data) => ({ url: '/skills/skills', method: 'POST', data }),
      transformResponse: (body: { data: Skill }) => body.data,
      invalidatesTags: [list, 'SkillFacets', 'SkillStatistics'],
    }),
    importBundle: build.mutation<ImportResult[], { form: FormData; onProgress: (sent: number) => void }>({
      queryFn: (upload, api) => uploadWith<ImportResult[]>({ path: '/skills/imports', ...upload }, api),
      invalidatesTags: ['Skill', 'SkillFiles', 'SkillVersion', 'SkillFacets', 'SkillStatistics'],
    }),
    updateSkill: build.mutation<Skill, { id: string; changes: SkillUpdate }>({
      queryFn: ({ id, changes }, api) =>
        sendWith<Skill>({ path: `/skills/skills/${id}`, method: 'PATCH', json: changes }, api),
      invalidatesTags: (_result, _error, { id }) => [
        { type: 'Skill', id },
        list,
        'SkillFacets',
        { type: 'SkillFiles', id },
      ],
    }),
    activateSkills: build.mutation<{ changed: number }, { ids: string[]; active: boolean }>({
      query: (data) => ({ url: '/skills/skills/activation', method: 'POST', data }),
      transformResponse: (body: { data: { changed: number } }) => body.data,
      invalidatesTags: (_result, _error, { ids }) => [
        list,
        'SkillStatistics',
        ...ids.map((id) => ({ type: 'Skill' as const, id })),
      ],
    }),
    archiveSkills: build.mutation<{ changed: number }, { ids: string[]; archived: boolean }>({
      query: (data) => ({ url: '/skills/skills/archival', method: 'POST', data }),
      transformResponse: (body: { data: { changed: number } }) => body.data,
      invalidatesTags: (_result, _error, { ids }) => [
        list,
        'SkillStatistics',
        'SkillFacets',
        ...ids.map((id) => ({ type: 'Skill' as const, id })),
      ],
    }),
    purgeSkill: build.mutation<undefined, string>({
      queryFn: (id, api) => sendWith<undefined>({ path: `/skills/skills/${id}`, method: 'DELETE' }, api),
      invalidatesTags: [list, 'SkillStatistics', 'SkillFacets', 'SkillRun'],
    }),
  }),
});

export const {
  useListSkillsQuery,
  useGetSkillQuery,
  useGetFacetsQuery,
  useAliasExistsQuery,
  useListSkillToolScopesQuery,
  useGetBundleLimitsQuery,
  useCreateSkillMutation,
  useImportBundleMutation,
  useUpdateSkillMutation,
  useActivateSkillsMutation,
  useArchiveSkillsMutation,
  usePurgeSkillMutation,
} = skillEndpoints;
