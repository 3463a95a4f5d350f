/** What the suite uses of an `expect`: Jest's, Vitest's, and those that are made after them. */
export type Expect = (actual: unknown) => {
  toBe(expected: unknown): unknown;
  toEqual(expected: unknown): unknown;
};

/** The runner that the suite is handed: it brings none. */
export interface TestFunctions {
  describe(name: string, define: () => void): unknown;
  it(name: string, run: () => Promise<void>): unknown;
  expect: Expect;
  beforeEach(run: () => void | Promise<void>): unknown;
  afterEach(run: () => void | Promise<void>): unknown;
}
