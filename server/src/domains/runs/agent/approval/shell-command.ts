/** One word that is what it says: in it nothing is expanded, escaped, redirected, and nothing ends the command. */
const PLAIN_WORD = /(?:'([^'\p{Cc}]*)'|"([^"$`\\!\p{Cc}]*)"|([\w./:=,@%+-]+))(?=[ \t]|$)/uy;

/**
 * The words of a line that is one command and nothing else; undefined when it may be more: several commands, a pipe, a redirection, an
 * expansion, an assignment before the command, an escape, a comment, quotes inside of words. Whoever lets a command pass must know that it
 * is that command.
 */
export function readPlainCommand(line: string): string[] | undefined {
  const words: string[] = [];
  let at = 0;
  while (at < line.length) {
    if (line[at] === ' ' || line[at] === '\t') {
      at += 1;
      continue;
    }
    PLAIN_WORD.lastIndex = at;
    const found = PLAIN_WORD.exec(line);
    if (!found) return undefined;
    words.push(found[1] ?? found[2] ?? found[3] ?? '');
    at += found[0].length;
  }
  const [program] = words;
  return program === undefined || program === '' || program.includes('=') ? undefined : words;
}

/** Programs and keywords after which another command may stand. */
const RUNNERS = new Set(
  `env sudo doas xargs sh bash dash zsh ash busybox eval exec command builtin nohup nice ionice time timeout setsid stdbuf find
  parallel watch script source . trap if then elif else while until do ! coproc function`.split(/\s+/),
);

/** Those that read the command's words from elsewhere. */
const FED = new Set(['xargs', 'parallel']);

/** What bash makes something else of. */
const EXPANDED = /[$*?[{~]/;

const ASSIGNMENT = /^[A-Za-z_]\w*\+?=/;

/**
 * Whether a line may run a command that has these words, the first as its program: wherever it stands in the line, inside quotes, behind
 * `env` or `sh -c`, with options between. What bash would put together only while it runs counts as any word. It takes too much rather than
 * too little; what it cannot see is a command that another program or a script of the agent's runs.
 */
export function couldRun(line: string, words: readonly string[]): boolean {
  const [program, ...rest] = words;
  if (program === undefined) return true;
  const text = line
    .replace(/\\\r?\n/g, '')
    // What stands in backticks is what stands in `$( )`.
    .replace(/`/g, '$(')
    .replace(/["'\\]/g, '');
  return text.split(/[;&|\n\r()<>]+/).some((part) => commandCouldRun(part, program, rest));
}

function commandCouldRun(part: string, program: string, rest: readonly string[]): boolean {
  const tokens = part.split(/\s+/).filter((token) => token !== '');
  const start = tokens.findIndex((token) => !ASSIGNMENT.test(token));
  const first = tokens[start];
  if (first === undefined) return false;
  const runsOthers = RUNNERS.has(baseName(first));
  const isFed = FED.has(baseName(first));
  return tokens.some((token, index) => {
    const mayBeProgram = EXPANDED.test(token) && (index === start || (runsOthers && index > start));
    if (mayBeProgram) return true;
    return isWord(baseName(token), program) && (isFed || hasInOrder(tokens.slice(index + 1), rest));
  });
}

function hasInOrder(tokens: readonly string[], words: readonly string[]): boolean {
  let next = 0;
  for (const token of tokens) {
    const word = words[next];
    if (word === undefined || EXPANDED.test(token)) return true;
    if (isWord(token, word)) next += 1;
  }
  return next >= words.length;
}

/** A star in a pattern stands for any word. */
const isWord = (token: string, word: string): boolean => word.includes('*') || token === word;

const baseName = (token: string): string => token.slice(token.lastIndexOf('/') + 1);
