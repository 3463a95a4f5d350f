/** What programs leave beside their sources, and version control and operating systems anywhere: nobody means it to be part of a skill. */
const byProductFolders = new Set([
  '.cache',
  '.git',
  '.ipynb_checkpoints',
  '.mypy_cache',
  '.npm',
  '.pytest_cache',
  '.ruff_cache',
  '.venv',
  '__MACOSX',
  '__pycache__',
  'node_modules',
]);

const byProductName = /^(\.DS_Store|Thumbs\.db|.*\.py[co])$/;

/** Whether a file came about by the way. A version may still hold such a file: what happens to that one is no by-product. */
export function isByProduct(path: string): boolean {
  const segments = path.split('/');
  const name = segments.pop() ?? '';
  return byProductName.test(name) || segments.some((segment) => byProductFolders.has(segment));
}
