import type { RunCreate, RunExecution } from 'strapi-plugin-skills-shared/contracts';
import { modelIdSchema } from 'strapi-plugin-skills-shared/contracts';
import { ConflictError, InvalidError } from '../../../http/errors';
import type { ConnectionsService } from '../../connections';
import type { RunTarget, SkillKind } from '../../skills';
import type { VersionRecord } from '../../versions';
import { modelOver } from '../execution/chat/run-chat';
import type { HostedVersions } from '../hosted-versions';

/** What a caller asks about where a run works. */
export interface AskedTarget {
  execution?: RunCreate['execution'];
  /** A connection's id or alias. */
  connection?: string;
  model?: string;
}

/** Where a run will work: all is decided, and there is such a connection, in use and with its adapter. */
export interface ResolvedTarget {
  execution: RunExecution;
  connection: { id: string; name: string } | null;
  model: string | null;
}

export interface TargetResolverOptions {
  connections: Pick<ConnectionsService, 'get' | 'open'>;
  hostedVersions: HostedVersions;
}

export type ResolveTarget = (
  kind: Pick<SkillKind, 'target'>,
  version: VersionRecord,
  asked: AskedTarget,
) => Promise<ResolvedTarget>;

/**
 * Decides where a run works. Rejects with what the kind refuses (400), 404 `connection-not-found`, 409 `connection-inactive`,
 * `provider-missing`, `secret-unreadable` or `not-hosted`, and 400 `connection-required`, `capability-missing` or `model-required`.
 */
export function createTargetResolver({ connections, hostedVersions }: TargetResolverOptions): ResolveTarget {
  async function connectionOf(
    { execution, connectionId }: RunTarget,
    digest: string,
  ): Promise<string | null> {
    if (execution !== 'hosted') return connectionId;
    if (connectionId !== null) {
      if (await hostedVersions.find(digest, connectionId)) return connectionId;
      throw notHosted();
    }
    const [only, ...more] = await hostedVersions.connectionsHolding(digest);
    if (only === undefined) throw notHosted();
    if (more.length === 0) return only;
    throw new InvalidError('This version lives at more than one connection: say which.', {
      code: 'connection-required',
      path: ['connection'],
    });
  }

  return async (kind, version, { execution, connection, model }) => {
    const connectionId = connection === undefined ? undefined : (await connections.get(connection)).id;
    const target = kind.target({ metadata: version.metadata, execution, connectionId, model });
    const chosen = await connectionOf(target, version.digest);
    if (chosen === null) return { execution: target.execution, connection: null, model: null };
    // Opening asks no vendor; it finds out now what would otherwise fail the run.
    const opened = await connections.open(chosen, { signal: new AbortController().signal });
    opened.chat();
    return {
      execution: target.execution,
      connection: { id: opened.id, name: opened.name },
      model: checkedModel(modelOver(opened, target.model)),
    };
  };
}

/** A connection's own choice comes from its settings, which may say anything. */
function checkedModel(model: string): string {
  if (modelIdSchema.safeParse(model).success) return model;
  throw new InvalidError('This is no id of a model.', { code: 'model-invalid', path: ['model'] });
}

function notHosted(): ConflictError {
  return new ConflictError('This version does not live there: publish it to the connection first.', {
    code: 'not-hosted',
    path: ['connection'],
  });
}
