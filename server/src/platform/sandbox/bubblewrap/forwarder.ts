import { findProgram } from './host-layout';
import { launchFolder } from './launch-folder';

/**
 * The way from a sandbox's own loopback to the proxy's socket: programs speak to proxies by TCP, and the sandbox has no network but
 * that loopback. It runs inside, as the run's own, and holds nothing: what may be reached is held at the other end.
 */

/** Free in every sandbox: each has its own ports. */
export const forwarderPort = 43_128;
export const proxyUrl = `http://127.0.0.1:${forwarderPort}`;
/** Where the proxy's socket lies, in the slot's folder `launch`. */
export const proxySocket = 'proxy';
/** Connections at once, and processes that they take at most: those of a run come on top. */
const maxConnections = 32;
export const forwarderProcesses = maxConnections + 8;

const socketInside = `${launchFolder}/${proxySocket}`;
const inNode = [
  'const net = require("node:net");',
  'const pass = (client) => {',
  `  const proxy = net.connect({ path: "${socketInside}", allowHalfOpen: true });`,
  '  for (const [from, to] of [[client, proxy], [proxy, client]]) from.on("error", () => to.destroy()).on("close", () => to.end()).pipe(to);',
  '};',
  `const server = net.createServer({ allowHalfOpen: true }, pass).listen(${forwarderPort}, "127.0.0.1");`,
  `server.maxConnections = ${maxConnections};`,
].join('\n');

/**
 * A command that forwards, of programs that can be run inside: socat, which takes two milliseconds to start, else Node. Undefined when
 * the host has neither.
 */
export async function findForwarder(
  searchPath: readonly string[],
  programs: readonly ('socat' | 'node')[] = ['socat', 'node'],
): Promise<readonly string[] | undefined> {
  for (const name of programs) {
    const program = await findProgram(name, searchPath);
    if (program === undefined) continue;
    return name === 'node' ? [program, '-e', inNode] : [program, ...socatArguments];
  }
  return undefined;
}

const socatArguments = [
  // A client that has said all may wait for long: the proxy is the one that gives up.
  ...['-t', '600'],
  `TCP-LISTEN:${forwarderPort},bind=127.0.0.1,backlog=64,reuseaddr,fork,max-children=${maxConnections}`,
  `UNIX-CONNECT:${socketInside}`,
];

const portInHex = forwarderPort.toString(16).toUpperCase().padStart(4, '0');

/**
 * Lines for the shell that waits inside: the forwarder is started at once, and is nobody's child, so that no program waits for it; a
 * command begins when it listens. Nothing here is looked for in folders that a run may write to.
 */
export function forwarderScript(
  command: readonly string[],
  orders: number,
): { start: string; await: string } {
  return {
    start: `( ${command.map(quoted).join(' ')} </dev/null >/dev/null 2>&1 ${orders}<&- & )`,
    await: [
      `listens() { while read -r _ at _; do case "$at" in *:${portInHex}) return 0;; esac; done </proc/net/tcp; return 1; }`,
      'tries=0; until listens || [ $tries -ge 500 ]; do tries=$((tries + 1)); /bin/sleep 0.01; done; unset tries at',
    ].join('\n'),
  };
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

/** What makes programs use the proxy; there are two habits of writing it. */
export const proxyEnvironment: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries({
    HTTP_PROXY: proxyUrl,
    HTTPS_PROXY: proxyUrl,
    NO_PROXY: 'localhost,127.0.0.1,::1',
  })
    .flatMap(([name, value]) => [
      [name, value],
      [name.toLowerCase(), value],
    ])
    // Node's own `fetch` heeds the others only when it is told to.
    .concat([['NODE_USE_ENV_PROXY', '1']]),
);
