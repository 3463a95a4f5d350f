/** `alias`, or the first of `alias-2`, `alias-3`… that is free, within so many characters. */
export async function freeAlias(
  alias: string,
  maxLength: number,
  isTaken: (alias: string) => Promise<boolean>,
): Promise<string> {
  for (let number = 1; ; number += 1) {
    const ending = number === 1 ? '' : `-${number}`;
    const candidate = `${alias.slice(0, maxLength - ending.length).replace(/-+$/, '')}${ending}`;
    if (!(await isTaken(candidate))) return candidate;
  }
}
