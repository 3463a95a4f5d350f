/** As many characters as tell one thread from another in a list. */
const nameCharacters = 60;

/** What a thread is called that is made for a prompt: the beginning of the prompt, cut between words. */
export function threadNameFrom(prompt: string): string {
  const line = prompt.trim().split(/\s*\n/, 1)[0]?.replace(/\s+/g, ' ') ?? '';
  // By whole characters: half of one would be refused, or shown as a box.
  const characters = [...line];
  if (characters.length <= nameCharacters) return line;
  const cut = characters.slice(0, nameCharacters - 1).join('');
  const space = cut.lastIndexOf(' ');
  return `${(space > nameCharacters / 2 ? cut.slice(0, space) : cut).trimEnd()}…`;
}
