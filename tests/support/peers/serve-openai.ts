import { conversation } from './conversation';
import { startOpenAIPeer } from './openai';
import type { PeerProcessOptions } from './peer-process';

/** A peer in a process of its own, started by `startPeerProcess`: it ends with the process that started it. */
process.once('message', ({ scripts, ...options }: PeerProcessOptions) => {
  const answers = scripts ? conversation(scripts) : options.answers;
  void startOpenAIPeer({ ...options, ...(answers && { answers }) }).then(({ settings }) =>
    process.send?.(settings),
  );
});
process.once('disconnect', () => process.exit(0));
