import type {
  Actor,
  EnvironmentBuild,
  EnvironmentBuildLine,
  EnvironmentBuildStatus,
} from 'strapi-plugin-skills-shared/contracts';

/** A build's row. Times are milliseconds since 1970. */
export interface BuildRecord {
  id: string;
  skillId: string;
  status: EnvironmentBuildStatus;
  error: { code: string; message: string } | null;
  image: string | null;
  createdAt: number;
  createdBy: Actor;
  startedAt: number | null;
  finishedAt: number | null;
  /** The number of the last piece of output. */
  lastSeq: number;
}

export type BuildLine = EnvironmentBuildLine;

/** How a build ended. */
export type BuildEnding =
  | { status: 'completed'; image: string }
  | { status: 'failed'; error: { code: string; message: string } }
  | { status: 'cancelled' };

export function isOver({ status }: Pick<BuildRecord, 'status'>): boolean {
  return status !== 'queued' && status !== 'running';
}

const isoTime = (ms: number): string => new Date(ms).toISOString();
const isoOrNull = (ms: number | null): string | null => (ms === null ? null : isoTime(ms));

export function presentBuild({ lastSeq: _lastSeq, ...build }: BuildRecord): EnvironmentBuild {
  return {
    ...build,
    createdAt: isoTime(build.createdAt),
    startedAt: isoOrNull(build.startedAt),
    finishedAt: isoOrNull(build.finishedAt),
  };
}

export function buildTopic(id: string): string {
  return `environment-build:${id}`;
}
