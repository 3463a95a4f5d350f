import type { Fetch } from '../provider';
import { demand } from './assertions';

/** What is used of Node's own modules. They are asked for without an import, which a browser's bundler would follow. */
interface AsyncStorage {
  run<Result>(store: true, run: () => Result): Result;
  getStore(): true | undefined;
}
interface NodeModules {
  'node:async_hooks': { AsyncLocalStorage: new () => AsyncStorage };
  'node:net': { Socket: { prototype: { connect(...parameters: unknown[]): unknown } } };
  'node:diagnostics_channel': {
    subscribe(name: string, listener: (message: unknown) => void): void;
    unsubscribe(name: string, listener: (message: unknown) => void): void;
  };
}

/** `process.getBuiltinModule` is there from Node 20.16 on. Source: https://nodejs.org/api/process.html */
function builtin<Name extends keyof NodeModules>(name: Name): NodeModules[Name] {
  const { process } = globalThis as {
    process?: { getBuiltinModule?: (name: string) => NodeModules[Name] | undefined };
  };
  const found = process?.getBuiltinModule?.(name);
  demand(found !== undefined, 'The suite needs Node 20.16 or newer to see all traffic.');
  return found;
}

export interface TrafficWatch {
  /** Lets what passes here through; everything else is astray. */
  around(fetch: Fetch): Fetch;
  /** What was tried otherwise, in words. */
  readonly strays: readonly string[];
  stop(): void;
}

/**
 * Catches every request that leaves this process other than through `around`: by the global `fetch`, by Node's `http`, by any
 * library over them, or by a bare socket. New sockets are refused; requests over sockets that are kept open, or by a `fetch` that
 * was taken aside earlier, are told by Node's own diagnostics.
 */
export function watchTraffic(): TrafficWatch {
  const inside = new (builtin('node:async_hooks').AsyncLocalStorage)();
  const strays: string[] = [];
  const stray = (what: string) => {
    if (inside.getStore()) return false;
    strays.push(what);
    return true;
  };
  const stops = [watchSockets(stray), watchFetch(stray), watchDiagnostics(stray)];
  return {
    strays,
    around: (fetch) => (input, init) => inside.run(true, () => fetch(input, init)),
    stop: () => stops.forEach((stop) => stop()),
  };
}

type Stray = (what: string) => boolean;

function watchSockets(stray: Stray): () => void {
  const { prototype } = builtin('node:net').Socket;
  const { connect } = prototype;
  prototype.connect = function refuse(this: unknown, ...parameters: unknown[]): unknown {
    if (stray('a socket of its own')) throw new Error('Only ctx.fetch may speak to anybody.');
    return connect.apply(this, parameters);
  };
  return () => void (prototype.connect = connect);
}

function watchFetch(stray: Stray): () => void {
  const { fetch } = globalThis;
  globalThis.fetch = (input, init) => {
    if (stray('the global fetch'))
      return Promise.reject(new TypeError('Only ctx.fetch may speak to anybody.'));
    return fetch(input, init);
  };
  return () => void (globalThis.fetch = fetch);
}

/** Channels of Node's fetch (and of undici from npm), and of `http`. Source: https://nodejs.org/api/diagnostics_channel.html */
const channels = {
  'undici:request:create': 'a fetch of its own',
  'http.client.request.start': "Node's http",
};

function watchDiagnostics(stray: Stray): () => void {
  const { subscribe, unsubscribe } = builtin('node:diagnostics_channel');
  const listeners = Object.entries(channels).map(([name, what]) => {
    const listener = () => void stray(what);
    subscribe(name, listener);
    return () => unsubscribe(name, listener);
  });
  return () => listeners.forEach((remove) => remove());
}
