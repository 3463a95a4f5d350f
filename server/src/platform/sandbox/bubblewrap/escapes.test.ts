import { mkdtempSync } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createStand, run } from '../conformance/stand';
import { describeWhereBubblewrapIs } from '../conformance/where-bubblewrap-is';
import { createBubblewrap } from './bubblewrap';
import { removeTree } from './remove-tree';

/** Ways out that only a sandbox with real processes has. */
describeWhereBubblewrapIs('escapes from bubblewrap', () => {
  jest.setTimeout(60_000);
  const root = mkdtempSync(join(tmpdir(), 'skills-escapes-'));
  const implementation = createBubblewrap({ root });
  const stand = createStand(() => ({ implementation, hasProcesses: true }));
  afterAll(async () => {
    await implementation.close();
    await removeTree(root);
  });

  it("find no process of another run or of the server's, and can end none", async () => {
    const other = await stand.sandbox();
    let began = () => undefined as void;
    const begun = new Promise<void>((resolve) => (began = resolve));
    const sleeping = run(other, ['bash', '-c', 'echo begun; sleep 3; echo alive'], {});
    const watched = other.exec(['bash', '-c', 'echo begun; sleep 3.25; exit 5'], { onOutput: () => began() });
    await begun;
    const source =
      'import os, signal\n' +
      'lines = [open(f"/proc/{p}/cmdline").read() for p in os.listdir("/proc") if p.isdigit()]\n' +
      'print(len([line for line in lines if "sleep" in line or "jest" in line]))\n' +
      'signal.signal(signal.SIGTERM, signal.SIG_IGN)\n' +
      `for pid in (${process.pid}, -1, 0):\n    try: os.kill(pid, 15)\n    except OSError: pass\n` +
      'for pid in range(1, 70000):\n    if pid == os.getpid(): continue\n    try: os.kill(pid, 9)\n    except OSError: pass\n' +
      'print("done")';
    const { stdout } = await stand.python(source);
    expect(stdout.split('\n')[0]).toBe('0');
    expect(await watched).toMatchObject({ exitCode: 5 });
    expect((await sleeping).stdout).toBe('begun\nalive\n');
  });

  it('read the memory of no process but their own', async () => {
    const source =
      'import ctypes, os\nlibc = ctypes.CDLL(None, use_errno=True)\n' +
      'def attempt(name, work):\n    try: result = work()\n    except OSError: result = -1\n    print(name, result)\n' +
      'buffer = ctypes.create_string_buffer(8)\nclass V(ctypes.Structure): _fields_ = [("b", ctypes.c_void_p), ("l", ctypes.c_size_t)]\n' +
      'local, remote = V(ctypes.addressof(buffer), 8), V(ctypes.addressof(buffer), 8)\n' +
      'attempt("ptrace", lambda: libc.ptrace(16, 1, 0, 0))\n' +
      'attempt("vm", lambda: libc.process_vm_readv(1, ctypes.byref(local), 1, ctypes.byref(remote), 1, 0))\n' +
      'attempt("mem", lambda: open("/proc/1/mem", "rb").read(1))\n' +
      `attempt("server", lambda: open("/proc/${process.pid}/environ", "rb").read(1))\n` +
      'attempt("kcore", lambda: open("/proc/kcore", "rb").read(1))\n' +
      'attempt("kmsg", lambda: open("/dev/kmsg", "rb").read(1))';
    expect((await stand.python(source)).stdout).toBe(
      'ptrace -1\nvm -1\nmem -1\nserver -1\nkcore -1\nkmsg -1\n',
    );
  });

  it("connect to no socket of the host's, with a name or without, nor to another run's proxy", async () => {
    const path = join(root, 'host.sock');
    const named = createServer((client) => client.end('reached'));
    const unnamed = createServer((client) => client.end('reached'));
    await new Promise<void>((resolve) => named.listen(path, resolve));
    await new Promise<void>((resolve) => unnamed.listen(`\0skills-escapes-${process.pid}`, resolve));
    await stand.sandbox({}, { network: { hosts: ['example.com'] } });
    const slots = (await readdir(root)).filter((name) => name.startsWith('slot-'));
    const proxies = slots.map((slot) => join(root, slot, 'launch/proxy'));
    const paths = [
      path,
      ...proxies,
      '/run/launch/proxy',
      '/run/dbus/system_bus_socket',
      '/var/run/docker.sock',
    ];
    const source =
      `import socket\nfor path in ${JSON.stringify(paths)} + ["\\0skills-escapes-${process.pid}"]:\n` +
      '    s = socket.socket(socket.AF_UNIX)\n    try:\n        s.connect(path)\n        print("connected", path)\n' +
      '    except OSError: pass\nprint("done")';
    expect((await stand.python(source)).stdout).toBe('done\n');
    // That of a run of its own is the one that it sees.
    const own = await stand.python(source, { network: { hosts: ['example.com'] } });
    expect(own.stdout).toBe('connected /run/launch/proxy\ndone\n');
    await Promise.all([named, unnamed].map((server) => new Promise((resolve) => server.close(resolve))));
  });

  it('make no devices, and find none that are not harmless', async () => {
    const source =
      'import os, stat\n' +
      'for kind, device in ((stat.S_IFCHR, os.makedev(1, 1)), (stat.S_IFBLK, os.makedev(8, 0))):\n' +
      '    try:\n        os.mknod("/tmp/device", 0o600 | kind, device)\n        print("made")\n    except OSError: print("no")\n' +
      'print(sorted(os.listdir("/dev")))';
    const [first, second, devices = ''] = (await stand.python(source)).stdout.trim().split('\n');
    expect([first, second]).toEqual(['no', 'no']);
    const harmless = [
      'core',
      'fd',
      'full',
      'null',
      'ptmx',
      'pts',
      'random',
      'shm',
      'stderr',
      'stdin',
      'stdout',
      'tty',
      'urandom',
      'zero',
      'console',
    ];
    const found = JSON.parse(devices.replaceAll("'", '"')) as string[];
    expect(found.filter((name) => !harmless.includes(name))).toEqual([]);
  });

  it('become nobody else, by programs of the system neither', async () => {
    const source =
      'import os, subprocess\n' +
      'for become in (lambda: os.setuid(0), lambda: os.setgid(0), lambda: os.setresuid(0, 0, 0), lambda: os.setgroups([0]), lambda: os.chown("/tmp", 0, 0)):\n' +
      '    try:\n        become()\n        print("became")\n    except OSError: print("no")\n' +
      'subprocess.run("cp /bin/sh /tmp/sh; chmod 6755 /tmp/sh; /tmp/sh -p -c \'id -u\'; su -c id 2> /dev/null; mount 2> /dev/null -t tmpfs none /tmp || echo no mount", shell=True)';
    const { stdout } = await stand.python(source);
    expect(stdout.replaceAll('\n', ' ').trim()).toMatch(/1000\b.*no mount/);
    expect(stdout).not.toMatch(/uid=0|became|^0$/m);
  });

  it('leave no program on the host that others could run as its owner', async () => {
    const machine = process.arch === 'x64' ? { mknodat: 259, fchmodat: 268 } : { mknodat: 33, fchmodat: 53 };
    const source =
      'import ctypes, os, shutil, stat\nlibc = ctypes.CDLL(None, use_errno=True)\n' +
      'for folder in ("/work", "/work/output", "/tmp"):\n' +
      '    os.chmod(folder, 0o755)\n    os.chdir(folder)\n    os.umask(0)\n    shutil.copy("/bin/true", "plain")\n' +
      '    plain, here = os.open("plain", os.O_RDONLY), os.open(".", os.O_RDONLY)\n' +
      '    for mode in (0o4755, 0o2755, 0o6755):\n' +
      '        attempts = [\n' +
      '            lambda: os.chmod("plain", mode), lambda: os.fchmod(plain, mode), lambda: os.chmod("plain", mode, dir_fd=here),\n' +
      '            lambda: os.chmod(f"/proc/self/fd/{plain}", mode), lambda: os.mkdir(f"folder-{mode}", mode),\n' +
      `            lambda: libc.syscall(${machine.fchmodat}, -100, b"plain", mode), lambda: libc.syscall(452, -100, b"plain", mode, 0),\n` +
      `            lambda: libc.syscall(${machine.mknodat}, -100, b"node-%d" % mode, 0o100000 | mode, 0), lambda: os.mknod(f"made-{mode}", stat.S_IFREG | mode),\n` +
      '            lambda: os.open(f"opened-{mode}", os.O_WRONLY | os.O_CREAT, mode), lambda: libc.creat(b"created-%d" % mode, mode),\n' +
      '            lambda: os.link(f"/proc/self/fd/{os.open(folder, os.O_TMPFILE | os.O_WRONLY, mode)}", f"linked-{mode}", follow_symlinks=True),\n' +
      // openat2 is told of the mode by a structure in memory: flags, mode, resolve.
      '            lambda: libc.syscall(437, -100, b"opened2-%d" % mode, (ctypes.c_uint64 * 3)(0o101, mode, 0), 24),\n' +
      '        ]\n        for attempt in attempts:\n            try: attempt()\n            except OSError: pass\n' +
      'os.chmod("/tmp/plain", 0o1755)\nopen("/tmp/reached", "w").write("x")\nos.fchmod(plain, 0o700)';
    const sandbox = await stand.sandbox({ 'main.py': source });
    expect(await run(sandbox, ['python3', 'main.py'])).toMatchObject({ exitCode: 0, stderr: '' });
    const slots = (await readdir(root)).filter((name) => name.startsWith('slot-'));
    const found: string[] = [];
    for (const slot of slots) {
      // Whatever lies in it, nobody else comes that far.
      expect((await lstat(join(root, slot))).mode & 0o007).toBe(0);
      const names = await readdir(join(root, slot), { recursive: true });
      const modes = await Promise.all(
        names.map(async (name) => (await lstat(join(root, slot, name)).catch(() => undefined))?.mode ?? 0),
      );
      found.push(...names.filter((_, index) => (modes[index]! & 0o6000) !== 0));
      found.push(...names.filter((name) => name === 'tmp/reached'));
    }
    expect(found).toEqual(['tmp/reached']);
  });

  it('open nothing of the kernel to write', async () => {
    const source =
      'import os\nopened = []\n' +
      'places = ["/proc/sys", "/proc/irq", "/proc/bus", "/proc/acpi", "/proc/scsi", "/proc/fs", "/proc/driver", "/sys"]\n' +
      'paths = [os.path.join(folder, name) for place in places for folder, _, names in os.walk(place) for name in names]\n' +
      'paths += ["/proc/sysrq-trigger", "/proc/self/uid_map", "/proc/self/gid_map", "/proc/self/setgroups", "/proc/timer_list", "/proc/kallsyms"]\n' +
      'for path in paths:\n    try:\n        fd = os.open(path, os.O_WRONLY)\n        written = os.write(fd, b"1")\n        opened.append(path)\n' +
      '    except OSError: pass\nprint(len(paths) > 100, opened)';
    expect((await stand.python(source)).stdout).toBe('True []\n');
  });

  it('make no namespaces, keys or rings that the kernel would work on for them', async () => {
    const source =
      'import ctypes, os\nlibc = ctypes.CDLL(None, use_errno=True)\n' +
      `calls = ${process.arch === 'x64' ? '{"unshare": 272, "keyctl": 250, "add_key": 248, "io_uring": 425, "bpf": 321, "mount": 165, "perf": 298}' : '{"unshare": 97, "keyctl": 219, "add_key": 217, "io_uring": 425, "bpf": 280, "mount": 40, "perf": 241}'}\n` +
      'for name, number in calls.items():\n    if libc.syscall(number, 0x10000000, 0, 0, 0, 0) != -1 or ctypes.get_errno() != 1: print(name, ctypes.get_errno())\n' +
      // A new user namespace by clone, which the filter lets pass as it is how processes are made.
      `pid = libc.syscall(${process.arch === 'x64' ? 56 : 220}, 0x10000000 | 17, 0, 0, 0, 0)\n` +
      'if pid == 0: os._exit(0)\nprint("cloned" if pid > 0 else "no")';
    expect((await stand.python(source)).stdout).toBe('no\n');
  });

  it('leave no process behind that outlives its command, however it hides', async () => {
    const sandbox = await stand.sandbox();
    const source =
      'import os, sys, time\nfor _ in range(5):\n    if os.fork() == 0:\n        os.setsid()\n        if os.fork() == 0:\n' +
      '            for fd in range(3): os.close(fd)\n            time.sleep(1)\n            open("/work/output/late", "w").write("x")\n        os._exit(0)\nprint("done")';
    await run(sandbox, ['python3', '-c', source]);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(await sandbox.list('/work/output')).toEqual([]);
  });
});
