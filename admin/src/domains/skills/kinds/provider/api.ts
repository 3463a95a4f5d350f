import type {
  AvailableSkillType,
  ProviderSkillSave,
  Skill,
  SkillTypeFailure,
  VersionDetail,
} from 'strapi-plugin-skills-shared/contracts';
import type { JsonSchema } from '../../../../forms/schema';
import { queryString, sendWith, skillsApi } from '../../../../http/skills-api';
import { skillEndpoints } from '../../api';
import { contentEndpoints } from '../../content-api';

/** What connections offer. Those that could not be asked are named beside the types of the others. */
export interface SkillTypes {
  types: AvailableSkillType[];
  failures: SkillTypeFailure[];
}

interface TypeOfConnection {
  connection: string;
  skillType: string;
}

interface Saved {
  skill: Skill;
  version: VersionDetail;
}

const providerSkillEndpoints = skillsApi.injectEndpoints({
  endpoints: (build) => ({
    /** Of one connection, or of all active ones. */
    listSkillTypes: build.query<SkillTypes, { connection?: string }>({
      query: ({ connection }) => `/skills/skill-types${queryString({ connection })}`,
      transformResponse: (body: {
        data: AvailableSkillType[];
        meta: { failures: SkillTypeFailure[] };
      }): SkillTypes => ({ types: body.data, failures: body.meta.failures }),
      providesTags: ['SkillType', 'SkillConnection'],
    }),
    getSkillTypeSchema: build.query<JsonSchema, TypeOfConnection>({
      query: ({ connection, skillType }) =>
        `/skills/skill-types/settings-schema${queryString({ connection, skillType })}`,
      transformResponse: (body: { data: { jsonSchema: JsonSchema } }) => body.data.jsonSchema,
      providesTags: ['SkillType', 'SkillConnection'],
    }),
    saveDefinition: build.mutation<Saved, { id: string; definition: ProviderSkillSave }>({
      queryFn: ({ id, definition }, api) =>
        sendWith<Saved>({ path: `/skills/skills/${id}/definition`, method: 'PUT', json: definition }, api),
      // A refused save asks too: what somebody else has saved meanwhile is then shown beside what was typed.
      invalidatesTags: (_result, _error, { id }) => [
        { type: 'Skill', id },
        { type: 'Skill', id: 'LIST' },
        { type: 'SkillFiles', id },
        { type: 'SkillVersion', id },
        'SkillFacets',
        'SkillStatistics',
      ],
      /** The answer is shown without being asked for again, so that the next save begins where this one ended. */
      async onQueryStarted({ id }, { dispatch, queryFulfilled }) {
        const answer = await queryFulfilled.catch(() => undefined); // A refused save leaves what is shown as it is.
        if (!answer) return;
        const { skill, version } = answer.data;
        await dispatch(skillEndpoints.util.upsertQueryData('getSkill', id, skill));
        await dispatch(contentEndpoints.util.upsertQueryData('getCurrentContent', id, version));
      },
    }),
  }),
});

export const { useListSkillTypesQuery, useGetSkillTypeSchemaQuery, useSaveDefinitionMutation } =
  providerSkillEndpoints;
