/**
 * Where a command writes. `result` is what a script reads (standard output); `progress` is what a person watches (standard
 * error), so that `strapi-skills … --json | jq` sees JSON alone.
 */
export interface Terminal {
  result(text: string): void;
  progress(text: string): void;
}

/**
 * The process's terminal. It takes standard output for the command's result alone: what the host app logs there is sent to
 * standard error from now on.
 */
export function takeTerminal(): Terminal {
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = process.stderr.write.bind(process.stderr);
  return {
    result: (text) => void write(`${text}\n`),
    progress: (text) => void process.stderr.write(`${text}\n`),
  };
}
