import type { Environment } from 'strapi-plugin-skills-shared/contracts';

export const isActive = (
  build: Pick<NonNullable<Environment['build']>, 'status'> | null | undefined,
): boolean => build?.status === 'queued' || build?.status === 'running';

/**
 * Milliseconds between two looks at an environment. Its log tells when a build ends, but may not be readable, and nobody tells of a
 * build that somebody else starts.
 */
export const buildPace = (build: Parameters<typeof isActive>[0]): number =>
  isActive(build) ? 3_000 : 15_000;
