import type { LookupAddress } from 'node:dns';
import { connect, isIP, type Socket } from 'node:net';
import { isPublicAddress, type AllowedHosts, type Lookup } from '../../guarded-fetch';
import { sandboxLookup } from '../sandbox-lookup';

const connectTimeoutMs = 10_000;
/** A name may lead to many addresses that do not answer. */
const maxAddresses = 4;

export interface DialSettings {
  /** Private addresses that may be spoken to all the same. */
  allowedPrivate: AllowedHosts;
  /** `sandboxLookup` unless told. */
  lookup?: Lookup | undefined;
}

/** Nothing was sent, because the address is none of the public Internet. */
export class PrivateAddressError extends Error {}

/**
 * Connects to a host at public addresses alone. What the name led to is what is connected to, so that no second look-up can answer
 * differently; one bad address among good ones is how such an attack looks, and nothing of it is used.
 */
export async function dial(host: string, port: number, settings: DialSettings): Promise<Socket> {
  const addresses = isIP(host) ? [host] : await resolve(host, settings.lookup ?? sandboxLookup);
  const may = (address: string) =>
    isPublicAddress(address) || settings.allowedPrivate({ hostname: host, address, port });
  if (!addresses.every(may)) throw new PrivateAddressError(`${host} is a private or local address.`);
  let failure: unknown = new Error(`${host} has no address.`);
  for (const address of addresses.slice(0, maxAddresses)) {
    try {
      return await open(address, port);
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

function resolve(host: string, lookup: Lookup): Promise<string[]> {
  return new Promise((done, fail) => {
    lookup(host, { all: true }, (error: Error | null, found: LookupAddress[]) => {
      if (error) fail(error);
      else done(found.map(({ address }) => address));
    });
  });
}

function open(host: string, port: number): Promise<Socket> {
  return new Promise((done, fail) => {
    const socket = connect({ host, port, allowHalfOpen: true, noDelay: true, timeout: connectTimeoutMs });
    const stop = (error: Error) => {
      socket.destroy();
      fail(error);
    };
    socket.once('error', stop);
    socket.once('timeout', () => stop(new Error(`${host} does not answer.`)));
    socket.once('connect', () => {
      socket.removeAllListeners('timeout').setTimeout(0);
      socket.removeListener('error', stop);
      done(socket);
    });
  });
}
