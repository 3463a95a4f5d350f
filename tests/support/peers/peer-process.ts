import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { OpenAIPeer, OpenAIPeerOptions, PeerAnswer } from './openai';

export interface PeerProcess {
  settings: OpenAIPeer['settings'];
  close(): Promise<void>;
}

/** What another process can be told: answers and scripts without functions. */
export interface PeerProcessOptions extends Omit<OpenAIPeerOptions, 'answers'> {
  answers?: readonly PeerAnswer[];
  scripts?: Readonly<Record<string, readonly PeerAnswer[]>>;
}

/** Starts an OpenAI peer in a process of its own, for measurements that its work must not be part of. */
export async function startPeerProcess(options: PeerProcessOptions): Promise<PeerProcess> {
  const child = fork(path.join(__dirname, 'serve-openai.ts'), [], {
    execArgv: ['--require', path.join(__dirname, '../register-typescript.cjs')],
  });
  child.send(options);
  const [settings] = (await once(child, 'message')) as [OpenAIPeer['settings']];
  return {
    settings,
    async close() {
      const gone = once(child, 'exit');
      child.disconnect();
      await gone;
    },
  };
}
