import type { RunCreate, RunExecution } from 'strapi-plugin-skills-shared/contracts';
import { modelIdSchema } from 'strapi-plugin-skills-shared/contracts';
import { ConflictError, InvalidError } from '../../../http/errors';
import type { ConnectionsService, OpenConnection } from '../../connections';
import { findPrice, type ConfiguredPrice } from '../../providers';
import type { RunTarget, SkillKind } from '../../skills';
import type { VersionRecord } from '../../versions';
import { modelOver } from '../execution/chat/run-chat';
import type { HostedVersions } from '../hosted-versions';
import { chooseAgentModel, type AgentChoices } from './agent-model';

/** What a caller asks about where a run works. */
export interface AskedTarget {
  execution?: RunCreate['execution'];
  /** A connection's id or alias. */
  connection?: string;
  model?: string;
  /** Whether the run has a prompt. */
  prompted?: boolean;
  /**
   * Of a run that another agent starts: what that one works over. It goes before the plugin's default, and behind what the skill itself
   * says.
   */
  inherited?: { connectionId: string; model: string | null };
  /** Whether an agent is held to a budget of cost: its model must have a price then. */
  costLimited?: boolean;
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
  agentChoices: AgentChoices;
  /** They go before what adapters know. */
  prices: readonly ConfiguredPrice[];
}

export type ResolveTarget = (
  kind: Pick<SkillKind, 'target'>,
  version: VersionRecord,
  asked: AskedTarget,
) => Promise<ResolvedTarget>;

/**
 * Decides where a run works. Rejects with what the kind refuses (400), 404 `connection-not-found`, 409 `connection-inactive`,
 * `provider-missing`, `secret-unreadable` or `not-hosted`, and 400 `connection-required`, `capability-missing`, `model-required` or, for an
 * agent with a budget of cost, `cost-unknown`.
 */
export function createTargetResolver({
  connections,
  hostedVersions,
  agentChoices,
  prices,
}: TargetResolverOptions): ResolveTarget {
  async function hostOf({ connectionId }: RunTarget, digest: string): Promise<string> {
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

  async function settle(target: RunTarget, version: VersionRecord, asked: AskedTarget): Promise<RunTarget> {
    if (target.execution === 'hosted') {
      return { ...target, connectionId: await hostOf(target, version.digest) };
    }
    if (target.execution !== 'agent') return target;
    const { inherited } = asked;
    return {
      ...target,
      ...(await chooseAgentModel(agentChoices, version.skillId, { ...target, inherited })),
    };
  }

  function assertPriced({ provider, name }: OpenConnection, model: string): void {
    if (findPrice({ configured: prices, provider }, model)) return;
    const message = `What ${model} costs over ${name} is not known, so its run cannot be held to a budget of cost.`;
    throw new InvalidError(message, { code: 'cost-unknown', path: ['budget', 'cost'] });
  }

  return async (kind, version, asked) => {
    const { execution, connection, model: wanted, prompted = false, costLimited = false } = asked;
    const named = connection === undefined ? undefined : (await connections.get(connection)).id;
    const request = { metadata: version.metadata, execution, connectionId: named, model: wanted, prompted };
    const target = await settle(kind.target(request), version, asked);
    if (target.connectionId === null) return { execution: target.execution, connection: null, model: null };
    // Opening asks no vendor; it finds out now what would otherwise fail the run.
    const opened = await connections.open(target.connectionId, { signal: new AbortController().signal });
    opened.chat();
    const model = checkedModel(modelOver(opened, target.model));
    if (costLimited && target.execution === 'agent') assertPriced(opened, model);
    return { execution: target.execution, connection: { id: opened.id, name: opened.name }, model };
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
