import type { Environment, EnvironmentBuild, EnvironmentImage } from 'strapi-plugin-skills-shared/contracts';
import {
  isOutdated,
  type EnvironmentRecord,
  type ImageRecord,
  type SealedSecret,
} from './environment-record';

const isoTime = (ms: number): string => new Date(ms).toISOString();

export function presentImage({ digest, size, madeBy, createdAt, createdBy }: ImageRecord): EnvironmentImage {
  return { digest, size, madeBy, createdAt: isoTime(createdAt), createdBy };
}

export function presentEnvironment(
  record: EnvironmentRecord,
  {
    secrets,
    build,
    hostsAllowed,
  }: { secrets: readonly SealedSecret[]; build: EnvironmentBuild | null; hostsAllowed: boolean },
): Environment {
  return {
    skillId: record.skillId,
    revision: record.revision,
    variables: [...record.variables],
    secrets: secrets.map(({ name, updatedAt }) => ({ name, updatedAt: isoTime(updatedAt) })),
    setup: record.setup,
    allowedHosts: [...record.hosts],
    image: record.image && presentImage(record.image),
    imageOutdated: isOutdated(record),
    build,
    hostsAllowed,
    updatedAt: record.updatedAt === null ? null : isoTime(record.updatedAt),
  };
}
