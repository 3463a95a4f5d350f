import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { RunFile } from 'strapi-plugin-skills-shared/contracts';
import type { AgentHost } from '../../server/src/domains/runs/agent/agent-host';
import { runAgent } from '../../server/src/domains/runs/agent/run-agent';
import {
  createRuns,
  type AgentsConfig,
  type RunsDependencies,
} from '../../server/src/domains/runs/create-runs';
import { runsMigrations } from '../../server/src/domains/runs/migrations';
import type { RunsService } from '../../server/src/domains/runs/service';
import type { StartRequest } from '../../server/src/domains/runs/starting/start-run';
import { emptyEnvironment, type OpenEnvironment } from '../../server/src/domains/environments';
import { serverViewer, type SkillRecord } from '../../server/src/domains/skills';
import type { Executor, RunOutcome, SkillKind } from '../../server/src/domains/skills/kinds/kind';
import { defaultContentLimits } from '../../server/src/domains/versions/content-limits';
import { MissingError } from '../../server/src/http/errors';
import type { VersionRecord } from '../../server/src/domains/versions/versions-service';
import {
  blobStoreMigrations,
  createDatabaseBlobStore,
  type BlobStore,
} from '../../server/src/platform/blob-store';
import type { Database, Migration } from '../../server/src/platform/database';
import type { EventBus } from '../../server/src/platform/event-bus/event-bus';
import { createInProcessEventBus } from '../../server/src/platform/event-bus/in-process-event-bus';
import { createInProcessRunQueue } from '../../server/src/platform/run-queue/in-process-run-queue';
import type { Sandbox, SandboxOptions } from '../../server/src/platform/sandbox/sandbox';

export const runsTestMigrations: readonly Migration[] = [...blobStoreMigrations, ...runsMigrations];

/** A version that may be run, as the versions domain would hold it. */
export function versionOf(change: Partial<VersionRecord> = {}): VersionRecord {
  return {
    id: 'version-1',
    skillId: 'skill-1',
    number: 1,
    parentId: null,
    digest: 'd'.repeat(64),
    label: null,
    note: null,
    metadata: { name: 'sample', description: 'A sample.', entrypoint: 'main.sh' },
    findings: [],
    errorCount: 0,
    warningCount: 0,
    fileCount: 1,
    size: 10,
    revision: 1,
    createdAt: 0,
    createdBy: { type: 'command', id: null, name: 'Command line' },
    updatedAt: 0,
    frozenAt: null,
    publishedAt: null,
    ...change,
  };
}

export interface RunsUnderTest {
  runs: RunsService;
  bus: EventBus;
  blobs: BlobStore;
  /** Ids of versions that were frozen; ids and states of runs that were recorded as a skill's last. In order. */
  frozen: string[];
  lastRuns: string[];
  errors: string[];
  versions: Map<string, VersionRecord>;
  /** By id, for further skills. */
  skills: Map<string, SkillRecord>;
  /** What each sandbox was asked to be. */
  sandboxes: SandboxOptions[];
  disposedSandboxes: () => number;
  /** Asks for a run of the sample skill. */
  request(change?: Partial<StartRequest>): StartRequest;
  stop(): Promise<void>;
}

export interface RunsUnderTestOptions {
  database: Database;
  executor: Executor;
  checkRun?: SkillKind['checkRun'];
  concurrency?: number;
  leaseMs?: number;
  bus?: EventBus;
  maxInputBytes?: number;
  /** Where runs work: in the sandbox unless told. */
  target?: SkillKind['target'];
  connections?: RunsDependencies['connections'];
  hostedVersions?: RunsDependencies['hostedVersions'];
  chatTimeoutMs?: number;
  idleTimeoutMs?: number;
  prices?: RunsDependencies['config']['prices'];
  agents?: Partial<AgentsConfig>;
  /** What callers see now: what they saw at the start, unless told. */
  callerNow?: RunsDependencies['callerNow'];
  /** Of every skill; empty unless told. */
  environment?: Partial<OpenEnvironment>;
  /** How long it takes to read it. */
  environmentRead?: Promise<void>;
  /** How long it takes to make a sandbox. */
  sandboxMade?: Promise<void>;
  /** Works in the loop's place, for tests of what it works on. */
  agent?(host: AgentHost): Promise<RunOutcome>;
}

const agentsConfig: AgentsConfig = {
  budget: { steps: 10, tokens: 10_000, timeMs: 60_000, cost: null },
  limits: { maxToolOutput: 10_000, parallelCalls: 4, waitMs: 60_000 },
  maxDepth: 2,
  maxChildren: 5,
  childConcurrency: { sandbox: 4, vendor: 4, agent: 100 },
  maxSavedBytes: 1024 * 1024,
};

function noSuchThread(): MissingError {
  return new MissingError('There is no such thread.', { code: 'thread-not-found', path: ['thread'] });
}

const noConnections: RunsDependencies['connections'] = {
  get: () => Promise.reject(new Error('There are no connections.')),
  open: () => Promise.reject(new Error('There are no connections.')),
};

function fakeSandbox(onDispose: () => void): Sandbox {
  const unused = () => Promise.reject(new Error('This sandbox runs nothing.'));
  return {
    isolation: { name: 'fake', strength: 1, notes: [] },
    has: () => Promise.resolve(false),
    exec: unused,
    readFile: unused,
    writeFile: unused,
    list: () => Promise.resolve([]),
    pack: () => Promise.resolve(Readable.from([Buffer.from('an archive')])),
    openTerminal: unused,
    halt: () => Promise.resolve(),
    dispose: () => Promise.resolve(onDispose()),
  };
}

/** The runs domain on a real database, over a fake kind of skill whose executor the test writes. */
export function openRuns(options: RunsUnderTestOptions): RunsUnderTest {
  const { database, executor } = options;
  const errors: string[] = [];
  const frozen: string[] = [];
  const lastRuns: string[] = [];
  const versions = new Map([['version-1', versionOf()]]);
  const skills = new Map<string, SkillRecord>();
  const sandboxes: SandboxOptions[] = [];
  let disposed = 0;
  const onError = (error: unknown): void => void errors.push(String(error));
  const bus = options.bus ?? createInProcessEventBus({ onError });
  const queue = () => createInProcessRunQueue({ concurrency: options.concurrency ?? 4, onError });
  const blobs = createDatabaseBlobStore({ database, references: [] });
  const runs = createRuns({
    database,
    blobs,
    lines: { sandbox: queue(), agent: queue(), vendor: queue() },
    bus,
    versions: {
      get: (id) => {
        const version = versions.get(id);
        return version ? Promise.resolve(version) : Promise.reject(new Error(`No version ${id}.`));
      },
      find: (id) => Promise.resolve(versions.get(id)),
      freeze: (id) => Promise.resolve(void frozen.push(id)),
      files: () => Promise.resolve([]),
      open: () => Promise.reject(new Error('The sample version has no files.')),
    },
    skills: { find: (id) => Promise.resolve(skills.get(id)) },
    callerNow: options.callerNow ?? (({ viewer }) => Promise.resolve(viewer ?? serverViewer)),
    threads: {
      assertThread: (id) => (id === 'thread-1' ? Promise.resolve() : Promise.reject(noSuchThread())),
      touch: () => Promise.resolve(),
    },
    kindOf: () => ({
      content: 'files',
      instructions: () => Promise.resolve('Do it.'),
      target: options.target ?? (() => ({ execution: 'sandbox', connectionId: null, model: null })),
      checkRun: options.checkRun ?? (() => undefined),
      executor,
    }),
    connections: options.connections ?? noConnections,
    agentChoices: {
      ofSkill: () => Promise.resolve({ connectionId: null, model: null }),
      ofPlugin: () => Promise.resolve({ connectionId: null, model: null }),
    },
    hostedVersions: options.hostedVersions ?? {
      find: () => Promise.resolve(undefined),
      connectionsHolding: () => Promise.resolve([]),
    },
    recordLastRun: (_skillId, { id, status }) => Promise.resolve(void lastRuns.push(`${id} ${status}`)),
    runAgent: options.agent ? (host) => options.agent!(host) : runAgent,
    async openEnvironment() {
      await options.environmentRead;
      return { ...emptyEnvironment, ...options.environment };
    },
    async createSandbox(request) {
      sandboxes.push(request);
      await options.sandboxMade;
      return fakeSandbox(() => (disposed += 1));
    },
    config: {
      limits: {
        timeMs: 10_000,
        memoryBytes: 1e9,
        processes: 10,
        diskBytes: 1024 * 1024,
        outputBytes: 1024 * 1024,
      },
      contentLimits: defaultContentLimits,
      allowNetwork: false,
      allowListedHosts: false,
      maxInputBytes: options.maxInputBytes ?? 1024,
      leaseMs: options.leaseMs ?? 30_000,
      chatTimeoutMs: options.chatTimeoutMs ?? 60_000,
      idleTimeoutMs: options.idleTimeoutMs ?? 30_000,
      prices: options.prices ?? [],
      agents: { ...agentsConfig, ...options.agents },
    },
    log: { error: (message) => void errors.push(message) },
  });
  return {
    runs,
    bus,
    blobs,
    frozen,
    lastRuns,
    errors,
    versions,
    skills,
    sandboxes,
    disposedSandboxes: () => disposed,
    request: (change = {}) => ({
      skill: { id: 'skill-1', kind: 'fake', archived: false },
      version: versionOf(),
      versionNumber: null,
      input: { n: 1 },
      prompt: null,
      inputFiles: [],
      origin: 'api',
      startedBy: { type: 'api-token', id: 'token-1', name: 'Token' },
      ...change,
    }),
    async stop() {
      await runs.stop();
      await bus.close();
    },
  };
}

/** Stores bytes as an input file of a run. */
export async function inputFile(blobs: BlobStore, name: string, content: string): Promise<RunFile> {
  const { digest, size } = await blobs.put(Readable.from([Buffer.from(content)]));
  return { name, mime: 'text/plain', size, digest };
}

export function sha256(content: string): string {
  return createHash('sha256').update(content).digest('hex');
}

/** Resolves with what `probe` answers as soon as that is neither undefined nor false. */
export async function eventually<Value>(
  probe: () => Promise<Value | undefined | false> | Value | undefined | false,
  patienceMs = 30_000,
): Promise<Value> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const value = await probe();
    if (value !== undefined && value !== false) return value;
    if (performance.now() > deadline) throw new Error('What was waited for did not happen in time.');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
