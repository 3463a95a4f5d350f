import { arch } from 'node:process';

/**
 * A deny-list of system calls that no skill needs and that most kernel exploits do: they answer EPERM. Sockets are limited to
 * UNIX, IPv4, IPv6 and netlink: a network namespace does not hold `AF_VSOCK`, which reaches a virtual machine's host.
 */

interface Machine {
  /** AUDIT_ARCH_* from linux/audit.h */
  audit: number;
  /** Numbers at and above this one belong to another ABI on the same machine (x32). */
  foreignFrom: number | null;
  socket: number;
  denied: readonly number[];
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
  },
};
const socketFamilies = [1, 2, 10, 16];

const loadWord = 0x20;
const jumpIfEqual = 0x15;
const jumpIfAtLeast = 0x35;
const answer = 0x06;
const allow = 0x7fff0000;
const denyWithEperm = 0x00050001;
const offsets = { number: 0, arch: 4, firstArgument: 16 };

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
