import { startOpenAIPeer, type OpenAIPeerOptions } from './openai';

/** A peer in a process of its own, started by `startPeerProcess`: it ends with the process that started it. */
process.once('message', (options: OpenAIPeerOptions) => {
  void startOpenAIPeer(options).then(({ settings }) => process.send?.(settings));
});
process.once('disconnect', () => process.exit(0));
