const MAX_ALIAS = 100;

/** `My OpenAI (EU)` → `my-openai-eu`; undefined when nothing is left of the name. */
export function toConnectionAlias(name: string): string | undefined {
  const alias = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_ALIAS)
    .replace(/^-+|-+$/g, '');
  return alias === '' ? undefined : alias;
}

/** `alias`, or the first of `alias-2`, `alias-3`… that is free. */
export async function freeConnectionAlias(
  alias: string,
  isTaken: (alias: string) => Promise<boolean>,
): Promise<string> {
  for (let number = 1; ; number += 1) {
    const ending = number === 1 ? '' : `-${number}`;
    const candidate = `${alias.slice(0, MAX_ALIAS - ending.length).replace(/-+$/, '')}${ending}`;
    if (!(await isTaken(candidate))) return candidate;
  }
}
