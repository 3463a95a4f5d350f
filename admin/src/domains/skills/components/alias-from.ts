/** An alias made from a name: 1–64 of `a-z0-9` and single hyphens, or empty when the name has nothing to make it from. */
export function aliasFrom(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 65)
    .replace(/^-+/, '')
    .slice(0, 64)
    .replace(/-+$/, '');
}
