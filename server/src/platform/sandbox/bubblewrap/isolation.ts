import type { Isolation } from '../sandbox';
import type { ControlGroups } from './control-groups';

/** What holds on this host, for people: each limit with what enforces it, and what is missing said as plainly. */
export function describeIsolation(found: {
  groups: ControlGroups | Error;
  prlimit: boolean;
  filter: boolean;
  forwarder: boolean;
}): Isolation {
  const { groups } = found;
  const notes = [
    'Programs run in Linux namespaces of their own: they see the system read-only, their own folder, and no other process.',
    process.getuid?.() === 0
      ? 'Each run has a user id that no other run has at the same time.'
      : "Runs have the server's user id outside, and see nothing else of it.",
    'Without network there is none at all. With network, programs reach what the server reaches, its own loopback included.',
    'The disk limit is enforced by a watcher: a fast writer can overshoot for a moment, one file alone cannot.',
  ];
  if (groups instanceof Error) {
    notes.push(
      `Memory is not capped by the kernel for a run as a whole, because ${groups.message}: a watcher ends a run that is seen above its limit.`,
    );
  } else notes.push('Memory is capped by a control group.');
  if (groups instanceof Error || !groups.countsProcesses) {
    notes.push('Processes are limited by resource limits and a watcher, not by a control group.');
  } else notes.push('Processes are capped by a control group.');
  if (!found.prlimit && (groups instanceof Error || !groups.countsProcesses))
    notes.push('Processes are not counted by the kernel: the program prlimit is not installed.');
  if (!found.filter) notes.push(`System calls are not filtered: no filter is known for ${process.arch}.`);
  notes.push(
    found.forwarder
      ? 'A run that may reach single hosts has no network but a proxy of the server, which passes HTTP and HTTPS on to those.'
      : 'Runs cannot be held to single hosts, and are refused: neither socat nor node can be run inside.',
  );
  return { name: 'bubblewrap', strength: 2, notes };
}
