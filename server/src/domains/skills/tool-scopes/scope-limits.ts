import type { ScopeLimit } from 'strapi-plugin-skills-shared/contracts';
import { MissingError } from '../../../http/errors';
import type { LimitsRepository, ScopeSubject } from './limits-repository';
import type { ScopeSubjects } from './scope-subjects';
import type { ToolScopes } from './scope-registry';

/** Which tool scopes content-API tokens and roles are limited to. */
export interface ScopeLimits {
  /** All tokens and roles there are, with their limit. */
  list(): Promise<ScopeLimit[]>;
  /** `scopes` null lifts the limit. 404 `subject-not-found`; 400 `scope-unknown`. */
  set(subject: ScopeSubject, scopes: readonly string[] | null): Promise<ScopeLimit>;
  /** The scopes that a caller is limited to; null where there is no limit. One look-up by a key, so that all servers agree at once. */
  limitOf(subject: ScopeSubject): Promise<readonly string[] | null>;
}

export function createScopeLimits({
  repository,
  subjects,
  scopes: registry,
}: {
  repository: LimitsRepository;
  subjects: ScopeSubjects;
  scopes: Pick<ToolScopes, 'assertKnown'>;
}): ScopeLimits {
  return {
    limitOf: (subject) => repository.find(subject),

    async list() {
      const limits = new Map(
        (await repository.all()).map(({ type, id, scopes }) => [JSON.stringify([type, id]), scopes]),
      );
      return (await subjects.list()).map((subject) => ({
        subject,
        scopes: limits.get(JSON.stringify([subject.type, subject.id])) ?? null,
      }));
    },

    async set({ type, id }, scopes) {
      const subject = await subjects.find({ type, id });
      if (!subject) {
        const word = type === 'role' ? 'role' : 'API token';
        throw new MissingError(`There is no such ${word}.`, { code: 'subject-not-found' });
      }
      const before = await repository.find(subject);
      registry.assertKnown(scopes ?? [], ['scopes'], before ?? []);
      const wanted = scopes && [...new Set(scopes)].sort();
      await repository.save(subject, wanted);
      return { subject, scopes: wanted };
    },
  };
}
