import { arch } from 'node:process';

/**
 * A deny-list of system calls that no skill needs and that most kernel exploits do: they answer EPERM. Sockets are limited to
 * UNIX, IPv4, IPv6 and netlink: a network namespace does not hold `AF_VSOCK`, which reaches a virtual machine's host. And no file gets
 * the bits that make a program run as its owner or group: on the host that is the run's user, or even the server's.
 */

interface Machine {
  /** AUDIT_ARCH_* from linux/audit.h */
  audit: number;
  /** Numbers at and above this one belong to another ABI on the same machine (x32). */
  foreignFrom: number | null;
  socket: number;
  denied: readonly number[];
  setMode: readonly ModeCall[];
}

/** A system call that gives a file its mode. The numbers are those of its arguments, from 0. */
interface ModeCall {
  number: number;
  mode: number;
  /** Where a mode counts only if the flags say that a file is made: elsewhere it may be anything. */
  flags?: number;
}

// Numbers from the kernel's asm/unistd_64.h and asm-generic/unistd.h; those from 424 on are the same everywhere.
const deniedEverywhere = [
  425,
  426,
  427, // io_uring_setup, io_uring_enter, io_uring_register
  428,
  429,
  430,
  431,
  432,
  433, // open_tree, move_mount, fsopen, fsconfig, fsmount, fspick
  442, // mount_setattr
];
const fchmodat2: ModeCall = { number: 452, mode: 2 };
/** It is told of the mode by a structure in memory, which no filter can see. */
const openat2 = 437;
const machines: Partial<Record<NodeJS.Architecture, Machine>> = {
  x64: {
    audit: 0xc000003e,
    foreignFrom: 0x40000000,
    socket: 41,
    denied: [
      ...deniedEverywhere,
      101,
      103,
      153,
      155,
      163,
      165,
      166,
      167,
      168,
      169, // ptrace, syslog, vhangup, pivot_root, acct, mount, umount2, swapon, swapoff, reboot
      172,
      173,
      175,
      176,
      179,
      212,
      246,
      248,
      249,
      250, // iopl, ioperm, init_module, delete_module, quotactl, lookup_dcookie, kexec_load, add_key, request_key, keyctl
      272,
      298,
      303,
      304,
      308,
      310,
      311,
      313,
      320,
      321,
      323, // unshare, perf_event_open, name_to_handle_at, open_by_handle_at, setns, process_vm_readv, process_vm_writev, finit_module, kexec_file_load, bpf, userfaultfd
    ],
    setMode: [
      fchmodat2,
      { number: 2, mode: 2, flags: 1 }, // open
      { number: 85, mode: 1 }, // creat
      { number: 90, mode: 1 }, // chmod
      { number: 91, mode: 1 }, // fchmod
      { number: 133, mode: 1 }, // mknod
      { number: 257, mode: 3, flags: 2 }, // openat
      { number: 259, mode: 2 }, // mknodat
      { number: 268, mode: 2 }, // fchmodat
    ],
  },
  arm64: {
    audit: 0xc00000b7,
    foreignFrom: null,
    socket: 198,
    denied: [
      ...deniedEverywhere,
      18,
      39,
      40,
      41,
      58,
      60,
      89,
      97,
      104,
      105,
      106, // lookup_dcookie, umount2, mount, pivot_root, vhangup, quotactl, acct, unshare, kexec_load, init_module, delete_module
      116,
      117,
      142,
      217,
      218,
      219,
      224,
      225,
      241,
      264,
      265, // syslog, ptrace, reboot, add_key, request_key, keyctl, swapon, swapoff, perf_event_open, name_to_handle_at, open_by_handle_at
      268,
      270,
      271,
      273,
      280,
      282,
      294, // setns, process_vm_readv, process_vm_writev, finit_module, bpf, userfaultfd, kexec_file_load
    ],
    setMode: [
      fchmodat2,
      { number: 33, mode: 2 }, // mknodat
      { number: 52, mode: 1 }, // fchmod
      { number: 53, mode: 2 }, // fchmodat
      { number: 56, mode: 3, flags: 2 }, // openat
    ],
  },
};
const socketFamilies = [1, 2, 10, 16];
/** S_ISUID and S_ISGID. Of folders the latter means something else, but a filter cannot tell. */
const privilegedModes = 0o6000;
/** O_CREAT and __O_TMPFILE */
const makingFlags = 0o20000100;

const loadWord = 0x20;
const jumpIfEqual = 0x15;
const jumpIfAtLeast = 0x35;
const jumpIfAnyOf = 0x45;
const answer = 0x06;
const allow = 0x7fff0000;
const denyWithEperm = 0x00050001;
/** Programs then do without the call, as on a kernel that does not have it yet. */
const denyWithEnosys = 0x00050026;
const offsets = { number: 0, arch: 4, firstArgument: 16 };
const argumentBytes = 8;

type Instruction = [code: number, ifTrue: number, ifFalse: number, value: number];

/** The filter as bubblewrap's `--seccomp` reads it, or undefined on a machine whose system calls are not listed here. */
export function seccompFilter(architecture: NodeJS.Architecture = arch): Buffer | undefined {
  const machine = machines[architecture];
  return machine && encode(assemble(machine));
}

/** Tests come in pairs, "if it matches, deny; else go on", so that no jump is longer than BPF's 255 instructions. */
function assemble(machine: Machine): Instruction[] {
  const deny: Instruction = [answer, 0, 0, denyWithEperm];
  const denyIf = (code: number, value: number): Instruction[] => [[code, 0, 1, value], deny];
  return [
    [loadWord, 0, 0, offsets.arch],
    [jumpIfEqual, 1, 0, machine.audit],
    deny,
    [loadWord, 0, 0, offsets.number],
    ...(machine.foreignFrom === null ? [] : denyIf(jumpIfAtLeast, machine.foreignFrom)),
    ...machine.denied.flatMap((number) => denyIf(jumpIfEqual, number)),
    [jumpIfEqual, 0, 1, openat2],
    [answer, 0, 0, denyWithEnosys],
    ...machine.setMode.flatMap(denyPrivilegedModes),
    [jumpIfEqual, 1, 0, machine.socket],
    [answer, 0, 0, allow],
    [loadWord, 0, 0, offsets.firstArgument],
    ...socketFamilies.flatMap((family): Instruction[] => [
      [jumpIfEqual, 0, 1, family],
      [answer, 0, 0, allow],
    ]),
    deny,
  ];
}

/** Passed over for any other call, whose number is then still loaded. */
function denyPrivilegedModes({ number, mode, flags }: ModeCall): Instruction[] {
  const load = (argument: number): Instruction => [
    loadWord,
    0,
    0,
    offsets.firstArgument + argument * argumentBytes,
  ];
  const unlessMaking: Instruction[] = [
    [jumpIfAnyOf, 1, 0, makingFlags],
    [answer, 0, 0, allow],
  ];
  const check: Instruction[] = [
    ...(flags === undefined ? [] : [load(flags), ...unlessMaking]),
    load(mode),
    [jumpIfAnyOf, 0, 1, privilegedModes],
    [answer, 0, 0, denyWithEperm],
    [answer, 0, 0, allow],
  ];
  return [[jumpIfEqual, 0, check.length, number], ...check];
}

/** `struct sock_filter` in the machine's own byte order, which is little-endian on all that are listed. */
function encode(instructions: readonly Instruction[]): Buffer {
  const bytes = Buffer.alloc(instructions.length * 8);
  instructions.forEach(([code, ifTrue, ifFalse, value], index) => {
    bytes.writeUInt16LE(code, index * 8);
    bytes.writeUInt8(ifTrue, index * 8 + 2);
    bytes.writeUInt8(ifFalse, index * 8 + 3);
    bytes.writeUInt32LE(value, index * 8 + 4);
  });
  return bytes;
}
