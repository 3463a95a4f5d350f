import type { InstalledProvider } from 'strapi-plugin-skills-shared/contracts';
import { skillsApi } from '../../http/skills-api';

export const providersApi = skillsApi.injectEndpoints({
  endpoints: (build) => ({
    /** All packages that say they are adapters, those that could not be loaded too. */
    listProviders: build.query<InstalledProvider[], void>({
      query: () => '/skills/providers',
      transformResponse: (body: { data: InstalledProvider[] }) => body.data,
      providesTags: ['SkillProvider'],
    }),
  }),
});

export const { useListProvidersQuery } = providersApi;
