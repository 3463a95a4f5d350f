import { Readable } from 'node:stream';
import type { Core } from '@strapi/types';
import { configOf } from '../../../config';
import { sandboxFolders, sandboxOf, type Sandbox, type SandboxFile } from '../../../platform/sandbox';
import type { SkillRecord } from '../../skills';
import { versionsOf, type VersionRecord } from '../../versions';
import { environmentsOf } from '../environments-of';
import type { OpenEnvironment } from '../open-environment';

export interface TerminalSandbox {
  sandbox: Sandbox;
  environment: OpenEnvironment;
  /** Hosts that it may reach. */
  hosts: readonly string[];
}

/** A sandbox with the skill's current version and what its environment gives, as a run would have it. */
export async function openTerminalSandbox(
  strapi: Core.Strapi,
  skill: Pick<SkillRecord, 'id' | 'current'>,
  signal: AbortSignal,
): Promise<TerminalSandbox> {
  const { run, sandbox: settings, environment: sizes } = configOf(strapi);
  const environment = await environmentsOf(strapi).open(skill.id);
  const version = await versionsOf(strapi).get(skill.current.id);
  const hosts = settings.allowListedHosts ? environment.hosts : [];
  const { image } = environment;
  const host = await sandboxOf(strapi).choose();
  const sandbox = await host.create({
    files: filesOf(strapi, version),
    archives: image ? [{ folder: sandboxFolders.home, open: () => image.open() }] : [],
    limits: {
      // Whoever is at the terminal ends what takes too long: this holds for what is done around it.
      timeMs: sizes.setupTimeoutMs,
      memoryBytes: run.memoryBytes,
      processes: run.processes,
      // What is installed here becomes an image.
      diskBytes: Math.max(run.diskBytes, sizes.maxImageBytes),
      outputBytes: run.outputBytes,
    },
    network: hosts.length > 0 ? { hosts } : false,
    env: environment.variables,
    signal,
  });
  return { sandbox, environment, hosts };
}

async function* filesOf(strapi: Core.Strapi, version: VersionRecord): AsyncGenerator<SandboxFile> {
  const versions = versionsOf(strapi);
  for (const { path, executable } of await versions.files(version)) {
    async function* bytes(): AsyncGenerator<Buffer> {
      yield* (await versions.open(version, path)).content;
    }
    yield { path, executable, content: () => Readable.from(bytes()) };
  }
}
