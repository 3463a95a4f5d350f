/**
 * A Python program that takes memory without end. It pauses: where no control group holds memory, what holds it is a look every few
 * hundredths of a second, and a busy machine may not get to it before the kernel's own, larger limit for a single process.
 */
export const memoryHog = [
  'import time',
  'held = []',
  'while True:',
  '    held.append(bytearray(b"x") * (8 << 20))',
  '    time.sleep(0.02)',
].join('\n');
