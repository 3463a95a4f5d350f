import type { BlobStore } from '../../../platform/blob-store';
import type { Sandbox, SandboxLimits, SandboxOptions } from '../../../platform/sandbox';
import { createSecretMask, type SecretMask } from '../../../platform/secret-mask';
import { emptyEnvironment, type OpenEnvironment } from '../../environments';
import {
  serverViewer,
  type AgentTask,
  type RunOutcome,
  type SkillKind,
  type SkillsService,
} from '../../skills';
import type { VersionsService } from '../../versions';
import type { AgentHost } from '../agent/agent-host';
import { createAgentHost, type AgentHosting } from '../agent/host/create-agent-host';
import { openFurtherSkills } from '../agent/host/further-skills';
import type { SavedState, StateStore } from '../agent/host/saved-state';
import type { CallerNow } from '../caller-now';
import type { RunsRepository } from '../repository';
import type { Lease, RunWithFiles } from '../run-record';
import { modelTotals } from '../totals';
import { Attempt, type AgentAttempt, type AttemptOptions } from './attempt';
import type { ChatHost } from './chat/run-chat';
import type { MaskedWriter } from './masking/masked-writer';
import { openVersion } from './version-content';

export interface AttemptPreparerOptions {
  repository: RunsRepository;
  versions: Pick<VersionsService, 'get' | 'find' | 'files' | 'open'>;
  skills: Pick<SkillsService, 'find'>;
  /** Throws for a kind that is not installed. */
  kindOf(kind: string): Pick<SkillKind, 'content' | 'instructions'>;
  blobs: BlobStore;
  states: StateStore;
  createSandbox(options: SandboxOptions): Promise<Sandbox>;
  limits: SandboxLimits;
  allowNetwork: boolean;
  allowListedHosts: boolean;
  /** Rejects when the environment's secrets cannot be read: the run then fails with that error's code. */
  openEnvironment(skillId: string): Promise<OpenEnvironment>;
  chatHost: ChatHost;
  hosting: AgentHosting;
  runAgent(host: AgentHost, task: AgentTask): Promise<RunOutcome>;
  callerNow: CallerNow;
}

/** A run that this process has claimed. */
export interface ClaimedRun {
  run: RunWithFiles;
  lease: Lease;
  /** It waited before, and goes on. */
  resumed: boolean;
}

export type PrepareAttempt = (claimed: ClaimedRun, writer: MaskedWriter) => Promise<Attempt>;

/**
 * Fetches all that an attempt at a run needs: its version, its environment, and what it saved before it waited. Rejects when a run that
 * waited acts for somebody who may not run skills any more.
 */
export function createAttemptPreparer(options: AttemptPreparerOptions): PrepareAttempt {
  const { versions, repository, blobs, states } = options;

  return async ({ run, lease, resumed }, writer) => {
    if (resumed) await options.callerNow(run);
    const environment = await environmentOf(options, run);
    const mask = createSecretMask(environment.secrets);
    writer.maskBy(mask);
    const version = await openVersion(versions, await versions.get(run.versionId));
    const saved = resumed ? await states.find(run.id) : undefined;
    return new Attempt({
      ...options,
      run,
      version,
      writer,
      blobs,
      environment,
      mask,
      snapshot: saved?.snapshot,
      totalsBefore: resumed ? modelTotals(run) : undefined,
      recordArtifact: (file) => repository.recordArtifact(lease, file),
      recordSandbox: (isolation, image) =>
        repository.runs.setIsolation(run.id, lease.token, isolation, image),
      runAgent: agentOf(options, { run, lease, writer, mask, saved }),
    });
  };
}

interface AgentRun {
  run: RunWithFiles;
  lease: Lease;
  writer: MaskedWriter;
  mask: SecretMask;
  saved: SavedState | undefined;
}

function agentOf(
  options: AttemptPreparerOptions,
  { run, lease, writer, mask, saved }: AgentRun,
): AttemptOptions['runAgent'] {
  const { skills, states, hosting } = options;
  return async ({ context, totals }: AgentAttempt, task) => {
    const own = await skills.find(run.skillId, serverViewer);
    const host = await createAgentHost(hosting, {
      run,
      lease,
      context,
      totals,
      alias: own?.alias ?? context.version.metadata.name ?? '',
      skills: await openFurtherSkills(options, run.skills),
      saved: saved?.state,
      save: (state, sandbox) => states.save(lease, state, sandbox),
      mask,
      tell: (event) => writer.tell(event),
      settled: () => writer.settle(),
    });
    return options.runAgent(host, task);
  };
}

/** What a vendor runs in its own place is furnished there. */
async function environmentOf(
  { openEnvironment }: AttemptPreparerOptions,
  { execution, skillId }: RunWithFiles,
): Promise<OpenEnvironment> {
  const isElsewhere = execution === 'provider' || execution === 'hosted';
  return isElsewhere ? emptyEnvironment : openEnvironment(skillId);
}
