import { StringDecoder } from 'node:string_decoder';
import type { SecretMask } from '../../../platform/secret-mask';

/** How long the beginning of what could be a secret is held back, in milliseconds: a prompt must not wait for the next key. */
const holdMs = 100;

/**
 * Masks what a terminal shows. It guards who looks over a shoulder; whoever types here can have every secret told in disguise. Held back is
 * what may be the beginning of a secret, for a moment.
 */
export function maskOutput(
  mask: SecretMask,
  onOutput: (chunk: Buffer) => Promise<void>,
): { take(chunk: Buffer): Promise<void>; end(): Promise<void> } {
  if (!mask.isActive) return { take: onOutput, end: () => Promise.resolve() };
  const decoder = new StringDecoder('utf8');
  let stream = mask.textStream();
  let timer: NodeJS.Timeout | undefined;
  let shown: Promise<void> = Promise.resolve();

  // One after the other: what was held back comes when what was shown before it has been taken.
  const show = (text: string): Promise<void> =>
    (shown = shown.then(() => (text === '' ? undefined : onOutput(Buffer.from(text)))));
  const release = (): Promise<void> => {
    const rest = stream.end();
    stream = mask.textStream();
    return show(rest);
  };
  return {
    async take(chunk) {
      clearTimeout(timer);
      const text = stream.push(decoder.write(chunk));
      if (stream.isHolding) timer = setTimeout(() => void release().catch(() => undefined), holdMs);
      await show(text);
    },
    async end() {
      clearTimeout(timer);
      await release();
    },
  };
}
