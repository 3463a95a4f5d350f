import type { SandboxLimits } from '../sandbox';
import { arm, descriptors, type ArmedCommand, type ArmRequest } from './armed-command';
import type { ControlGroup } from './control-groups';
import { forwarderProcesses } from './forwarder';
import type { Host } from './host';
import { innerCommand } from './launch';
import { bubblewrapOptions, type PlaceNetwork } from './options';
import type { Slot } from './slots';

const terminalTimeMs = 24 * 3_600_000;
const unpackedFileBytes = 2 ** 40;

/** What a command is armed for, where it is none of the run's. */
type Task = Pick<ArmRequest, 'fed' | 'terminal'>;

/** What is the same for all commands of one sandbox. */
export interface PlaceRequest {
  limits: SandboxLimits;
  network: PlaceNetwork;
}

/** What a place is held to: a way to the proxy takes processes of its own. */
function limitsIn({ limits, network }: PlaceRequest): SandboxLimits {
  return network === 'hosts' ? { ...limits, processes: limits.processes + forwarderProcesses } : limits;
}

/** One sandbox's place on the host: its slot, its control group, and its next command, made ahead. */
export interface Place {
  readonly host: Host;
  readonly slot: Slot;
  readonly group: ControlGroup | undefined;
  readonly limits: SandboxLimits;
  /** False when what was made ahead has died meanwhile. */
  readonly usable: boolean;
  /** The command that was made ahead, or a new one when that is taken. */
  takeCommand(): Promise<ArmedCommand>;
  /** One that is fed an archive, which may hold larger files than a command may write. */
  armUnpacking(): Promise<ArmedCommand>;
  /** One whose standard streams are this terminal's. */
  armTerminal(descriptor: number): Promise<ArmedCommand>;
  /** Kills what was never used and gives the slot back; all commands that were taken must have ended. */
  release(): Promise<void>;
}

export async function claimPlace(host: Host, asked: PlaceRequest): Promise<Place> {
  const request = { ...asked, limits: limitsIn(asked) };
  const slot = await host.slots.claim();
  let group: ControlGroup | undefined;
  const make = (task: Task = {}) => armIn(host, slot, group, request, task);
  let ready: ArmedCommand | undefined;
  try {
    group = await host.groups?.create(request.limits, slot.user);
    ready = await make();
  } catch (error) {
    await group?.remove();
    await slot.release();
    throw error;
  }
  ready.keepAlive(false);

  return {
    host,
    slot,
    group,
    limits: request.limits,
    get usable() {
      return ready?.alive ?? true;
    },
    async takeCommand() {
      const spare = ready;
      ready = undefined;
      const command = spare?.alive ? spare : await make();
      command.keepAlive(true);
      return command;
    },
    armUnpacking: () => make({ fed: true }),
    armTerminal: (terminal) => make({ terminal }),
    async release() {
      // Whoever waits for its end is not to wait alone: a process in which nothing else goes on would exit first.
      ready?.keepAlive(true);
      ready?.kill();
      await ready?.ended.catch(() => undefined);
      try {
        await group?.remove();
      } finally {
        await slot.release();
      }
    },
  };
}

/** Makes a command's sandbox, which waits inside for what to run. */
function armIn(
  host: Host,
  slot: Slot,
  group: ControlGroup | undefined,
  { limits, network }: PlaceRequest,
  task: Task,
): Promise<ArmedCommand> {
  const counted = group !== undefined && host.groups?.countsProcesses === true;
  const processes = counted || !host.prlimit ? undefined : { prlimit: host.prlimit, limit: limits.processes };
  return arm({
    program: host.program,
    options: bubblewrapOptions({
      layout: host.layout,
      etc: host.etc,
      folder: slot.folder,
      network,
      seccompDescriptor: host.filter === undefined ? undefined : descriptors.filter,
    }),
    inner: innerCommand(descriptors.orders, processes, network === 'hosts' ? host.forwarder : undefined),
    limits: { ...limits, ...ownLimits(task) },
    group,
    user: slot.user,
    filter: host.filter,
    folder: slot.folder,
    ...task,
  });
}

/** A terminal has no time limit; of the processor it gets a day. What an archive brings, no command has written. */
function ownLimits({ terminal, fed }: Task): Partial<SandboxLimits> {
  if (fed) return { diskBytes: unpackedFileBytes };
  return terminal === undefined ? {} : { timeMs: terminalTimeMs };
}
