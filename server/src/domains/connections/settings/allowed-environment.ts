/** The environment variables that secrets may be taken from; of all others nothing is told. */
export interface AllowedEnvironment {
  allows(name: string): boolean;
  /** Undefined when it is not set, is empty, or is not allowed. */
  read(name: string): string | undefined;
  list(): { name: string; present: boolean }[];
}

export function createAllowedEnvironment(
  allowed: readonly string[],
  variables: Readonly<Record<string, string | undefined>>,
): AllowedEnvironment {
  const names = new Set(allowed);
  const read = (name: string) => (names.has(name) ? variables[name] || undefined : undefined);
  return {
    allows: (name) => names.has(name),
    read,
    list: () => [...names].sort().map((name) => ({ name, present: read(name) !== undefined })),
  };
}
