/** An alias made from a name: `a-z0-9` and single hyphens, at most `max` characters; empty when the name has nothing to make it from. */
export function aliasFrom(name: string, max: number): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+/, '')
    .slice(0, max)
    .replace(/-+$/, '');
}
