import type { SandboxLimits } from '../sandbox';
import { arm, descriptors, type ArmedCommand } from './armed-command';
import type { ControlGroup } from './control-groups';
import type { Host } from './host';
import { innerCommand } from './launch';
import { bubblewrapOptions } from './options';
import type { Slot } from './slots';

/** What is the same for all commands of one sandbox. */
export interface PlaceRequest {
  limits: SandboxLimits;
  network: boolean;
}

/** One sandbox's place on the host: its slot, its control group, and its next command, made ahead. */
export interface Place {
  readonly host: Host;
  readonly slot: Slot;
  readonly group: ControlGroup | undefined;
  /** False when what was made ahead has died meanwhile. */
  readonly usable: boolean;
  /** The command that was made ahead, or a new one when that is taken. */
  takeCommand(): Promise<ArmedCommand>;
  /** Kills what was never used and gives the slot back; all commands that were taken must have ended. */
  release(): Promise<void>;
}

export async function claimPlace(host: Host, request: PlaceRequest): Promise<Place> {
  const slot = await host.slots.claim();
  let group: ControlGroup | undefined;
  const make = () => armIn(host, slot, group, request);
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
    async release() {
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
): Promise<ArmedCommand> {
  const counted = group !== undefined && host.groups?.countsProcesses === true;
  const processes = counted || !host.prlimit ? undefined : { prlimit: host.prlimit, limit: limits.processes };
  return arm({
    program: host.program,
    options: bubblewrapOptions({
      layout: host.layout,
      folder: slot.folder,
      network,
      seccompDescriptor: host.filter === undefined ? undefined : descriptors.filter,
    }),
    inner: innerCommand(descriptors.orders, processes),
    limits,
    group,
    user: slot.user,
    filter: host.filter,
    folder: slot.folder,
  });
}
