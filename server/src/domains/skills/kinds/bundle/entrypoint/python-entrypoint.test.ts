import { definesRun } from './python-entrypoint';

describe('a Python entrypoint', () => {
  it.each([
    'def run(input):\n    pass',
    'import x\n\nasync def run(input: dict) -> dict:\n    pass',
    'def run (\n    payload,\n    more=None,\n): pass',
    'def run(input): pass\nif __name__ == "__main__":\n    print(run({}))',
  ])('is called when it defines run: %j', (source) => {
    expect(definesRun(source)).toBe(true);
  });

  it.each([
    'print(1)',
    'class A:\n    def run(self, input): pass',
    'def run(): pass',
    '# def run(input): pass',
    'def runner(input): pass',
    "def run(command): pass\nif __name__ == '__main__':\n    run('ls')",
  ])('is run as a script otherwise: %j', (source) => {
    expect(definesRun(source)).toBe(false);
  });
});
