import { openScreen } from '../conformance/terminals';
import { createStand } from '../conformance/stand';
import { describeWhereBubblewrapIs } from '../conformance/where-bubblewrap-is';
import { createBubblewrap } from './bubblewrap';

/** What only a terminal of the operating system can be asked. */
describeWhereBubblewrapIs("bubblewrap's terminals", () => {
  jest.setTimeout(60_000);
  const implementation = createBubblewrap();
  const stand = createStand(() => ({ implementation, hasProcesses: true }));
  afterAll(() => implementation.close());

  it('tell a running program at once when their size changes', async () => {
    const screen = await openScreen(await stand.sandbox());
    await screen.enter(`bash -c 'trap "stty size" WINCH; echo rea"dy"; while true; do sleep 0.05; done'`);
    await screen.until(/ready\r\n/);
    screen.terminal.resize({ columns: 77, rows: 11 });
    await screen.until(/11 77\r\n/);
  });

  it('have job control: what is stopped can be brought back', async () => {
    const screen = await openScreen(await stand.sandbox());
    await screen.until(/\$ $/);
    await screen.enter('sleep 1000');
    await screen.until(/sleep 1000\r\n/);
    // The shell hands the terminal over to the program a moment after the line's echo.
    const until = async (key: string, pattern: RegExp): Promise<void> => {
      for (let attempt = 0; attempt < 50 && !pattern.test(screen.text); attempt += 1) {
        await screen.terminal.write(key);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    };
    await until('\x1a', /Stopped/);
    await screen.enter('jobs; fg');
    await screen.until(/Stopped[^]*Stopped[^]*\nsleep 1000\r\n/);
    await screen.terminal.write('\x03');
    await screen.enter('echo al"ive"');
    await screen.until(/alive\r\n/);
  });

  it('are under the same limits as commands', async () => {
    const screen = await openScreen(await stand.sandbox({}, { limits: { processes: 12 } }));
    await screen.enter('bomb() { bomb | bomb & }; bomb');
    await expect(screen.terminal.ended).resolves.toMatchObject({ exceeded: 'processes' });
  });

  it('have no more rights than commands', async () => {
    const screen = await openScreen(await stand.sandbox());
    await screen.enter(
      'id -u; grep -E "^(CapEff|CapBnd|NoNewPrivs|Seccomp):" /proc/self/status; echo do"ne"',
    );
    expect((await screen.until(/done\r\n/)).replace(/\s+/g, ' ')).toContain(
      '1000 CapEff: 0000000000000000 CapBnd: 0000000000000000 NoNewPrivs: 1 Seccomp: 2 done',
    );
  });
});
