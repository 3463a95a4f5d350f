import type { Placement, PlacementCreate } from 'strapi-plugin-skills-shared/contracts';
import { sendWith, skillsApi } from '../../../../../http/skills-api';

interface OfSkill {
  skillId: string;
  id: string;
}

const placementsOf = (skillId: string) => [{ type: 'SkillPlacement' as const, id: skillId }];

const placementEndpoints = skillsApi.injectEndpoints({
  endpoints: (build) => ({
    listPlacements: build.query<Placement[], string>({
      query: (skillId) => `/skills/skills/${skillId}/placements`,
      transformResponse: (body: { data: Placement[] }) => body.data,
      providesTags: (_result, _error, skillId) => placementsOf(skillId),
    }),
    /** Publishes to a provider; what lives there already with the same content is not uploaded again. It freezes the version. */
    place: build.mutation<Placement, { skillId: string; placement: PlacementCreate }>({
      query: ({ skillId, placement }) => ({
        url: `/skills/skills/${skillId}/placements`,
        method: 'POST',
        data: placement,
      }),
      transformResponse: (body: { data: Placement }) => body.data,
      invalidatesTags: (_result, _error, { skillId }) => [
        ...placementsOf(skillId),
        { type: 'SkillFiles', id: skillId },
        { type: 'SkillVersion', id: skillId },
      ],
    }),
    withdrawPlacement: build.mutation<undefined, OfSkill>({
      queryFn: ({ id }, api) =>
        sendWith<undefined>({ path: `/skills/placements/${id}`, method: 'DELETE' }, api),
      invalidatesTags: (_result, _error, { skillId }) => placementsOf(skillId),
    }),
    /** Asks the provider whether it still has what was published there. */
    checkPlacement: build.mutation<Placement, OfSkill>({
      query: ({ id }) => ({ url: `/skills/placements/${id}/checks`, method: 'POST' }),
      transformResponse: (body: { data: Placement }) => body.data,
      invalidatesTags: (_result, _error, { skillId }) => placementsOf(skillId),
    }),
  }),
});

export const {
  useListPlacementsQuery,
  usePlaceMutation,
  useWithdrawPlacementMutation,
  useCheckPlacementMutation,
} = placementEndpoints;
