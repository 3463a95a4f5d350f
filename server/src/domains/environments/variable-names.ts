/**
 * Names that the sandbox or what is started in it sets for itself. Whoever may furnish an environment may run anything in it anyhow; what is
 * refused here would break the skill in ways that nobody finds, or would undo what other rules promise.
 */
const reserved: readonly { names: RegExp; why: string }[] = [
  {
    names: /^(PATH|HOME|PWD|OLDPWD|SHELL|SHLVL|USER|LOGNAME|TMPDIR|TERM|COLUMNS|LINES|_)$/,
    why: 'the sandbox sets it itself',
  },
  {
    names: /^(LD_|DYLD_|GLIBC_|MALLOC_)/,
    why: 'it changes how every program is loaded, the sandbox’s own among them',
  },
  {
    names: /^(BASH_ENV|ENV|BASHOPTS|SHELLOPTS|IFS|PS4|PROMPT_COMMAND|BASH_FUNC_.*)$/,
    why: 'it changes what every shell command does',
  },
  {
    names: /^(https?|all|ftp|ws|wss|no)_proxy$/i,
    why: 'the network is opened by the list of hosts',
  },
  { names: /^SKILLS?_/, why: 'names that begin so tell a script of its run' },
  {
    // PYTHONPATH and NODE_PATH are free: they say where an image's libraries lie.
    names:
      /^(PYTHONUNBUFFERED|PYTHONIOENCODING|PYTHONHOME|PYTHONSTARTUP|PYTHONINSPECT|PYTHONDEBUG|PYTHONPLATLIBDIR|PYTHONEXECUTABLE)$/,
    why: 'scripts in Python are started with a value of their own',
  },
  { names: /^(__proto__|constructor|prototype)$/, why: 'it is no name for a variable' },
];

/** Why nobody may set a variable of this name; undefined when it is free. */
export function whyReserved(name: string): string | undefined {
  return reserved.find(({ names }) => names.test(name))?.why;
}
