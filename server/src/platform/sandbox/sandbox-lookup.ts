import { lookup as systemLookup, promises as dns, type LookupAddress } from 'node:dns';
import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import type { Lookup } from '../guarded-fetch';

export interface SandboxLookupSettings {
  /** Addresses of name servers; the host's own unless told. */
  servers?: readonly string[];
  hostsFile?: string;
  deadlineMs?: number;
}

const ownHostsFile =
  process.platform === 'win32' ? `${process.env.SystemRoot}\\System32\\drivers\\etc\\hosts` : '/etc/hosts';
/** For one question to one name server; a lost one is asked again. */
const questionMs = 2000;

/**
 * Makes what finds the names that sandboxes ask for. `dns.lookup` waits for name servers in two threads that the whole server has for
 * it, and nothing ends its wait: with a domain whose name servers never answer, one run could hold up every look-up of the server's. So
 * the name servers are asked without threads, and given up, after the host's own list of names.
 */
export function createSandboxLookup(settings: SandboxLookupSettings = {}): Lookup {
  return (hostname, { family = 0 }, callback) => {
    // Such a name belongs to the network itself: the system has ways of its own to find it, and nobody else's server is asked.
    if (!hostname.includes('.')) return systemLookup(hostname, { all: true, family }, callback);
    find(hostname, settings).then(
      (found) => callback(null, family === 0 ? found : found.filter((one) => one.family === family)),
      (error: NodeJS.ErrnoException) => callback(error, []),
    );
  };
}

export const sandboxLookup = createSandboxLookup();

async function find(hostname: string, settings: SandboxLookupSettings): Promise<LookupAddress[]> {
  const listed = await findListed(hostname, settings.hostsFile ?? ownHostsFile);
  return listed.length > 0 ? listed : ask(hostname, settings);
}

async function findListed(hostname: string, file: string): Promise<LookupAddress[]> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.split('\n').flatMap((line) => {
    const [address = '', ...names] = line.replace(/#.*/, '').trim().toLowerCase().split(/\s+/);
    return isIP(address) !== 0 && names.includes(hostname.toLowerCase()) ? withFamily([address]) : [];
  });
}

/** Both kinds of addresses in turns, as only the first few are tried; what was found until time is up is answered. */
async function ask(
  hostname: string,
  { servers, deadlineMs = 8000 }: SandboxLookupSettings,
): Promise<LookupAddress[]> {
  const resolver = new dns.Resolver({ timeout: questionMs, tries: 2 });
  if (servers) resolver.setServers(servers);
  const timer = setTimeout(() => resolver.cancel(), deadlineMs);
  const answers = await Promise.allSettled([resolver.resolve4(hostname), resolver.resolve6(hostname)]);
  clearTimeout(timer);
  const lists = answers.map((answer) => (answer.status === 'fulfilled' ? answer.value : []));
  const found = Array.from({ length: Math.max(...lists.map(({ length }) => length)) }, (_, index) =>
    lists.flatMap((list) => list[index] ?? []),
  ).flat();
  const failed = answers.find((answer) => answer.status === 'rejected');
  if (found.length === 0 && failed) throw failed.reason;
  return withFamily(found);
}

function withFamily(addresses: readonly string[]): LookupAddress[] {
  return addresses.map((address) => ({ address, family: isIP(address) }));
}
