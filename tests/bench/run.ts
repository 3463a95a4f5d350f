import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { Benchmark, Figure } from './figure';

const notBenchmarks = new Set(['run.ts', 'figure.ts']);

function isBenchmark(value: unknown): value is Benchmark {
  return typeof value === 'object' && value !== null && 'run' in value && 'name' in value;
}

/** A file is a benchmark when it exports `name` and `run`; other files here are their shared parts. */
async function loadBenchmarks(): Promise<Benchmark[]> {
  const files = readdirSync(__dirname).filter((file) => file.endsWith('.ts') && !notBenchmarks.has(file));
  const modules: unknown[] = await Promise.all(
    files.sort().map((file) => import(path.join(__dirname, file))),
  );
  return modules.filter(isBenchmark);
}

function amount(value: number, unit: string): string {
  const digits = Math.abs(value) >= 100 || Number.isInteger(value) ? 0 : 2;
  return `${value.toLocaleString('en', { maximumFractionDigits: digits })} ${unit}`;
}

function row(figure: Figure): string[] {
  const verdict = figure.met === null ? '' : figure.met ? 'met' : 'MISSED';
  return [
    figure.name,
    amount(figure.value, figure.unit),
    figure.baseline === null ? '' : amount(figure.baseline, figure.unit),
    figure.ratio === null ? '' : figure.ratio.toFixed(3),
    figure.target ?? '',
    verdict,
  ];
}

function printTable(figures: readonly Figure[]): void {
  const rows = [['figure', 'value', 'baseline', 'ratio', 'target', ''], ...figures.map(row)];
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((cells) => cells[column]!.length)));
  for (const cells of rows) {
    console.log(
      cells
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    );
  }
}

/** Runs one after another: two at once would measure each other. A crash is reported at the end, after the others' figures. */
async function main(): Promise<void> {
  const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
  const asJson = process.argv.includes('--json');
  const all = await loadBenchmarks();
  const chosen = wanted.length === 0 ? all : all.filter((benchmark) => wanted.includes(benchmark.name));
  if (chosen.length === 0) {
    throw new Error(
      `There is no benchmark of that name. There are: ${all.map(({ name }) => name).join(', ')}.`,
    );
  }
  const figures: Figure[] = [];
  const crashed: string[] = [];
  for (const benchmark of chosen) {
    process.stderr.write(`${benchmark.name} …\n`);
    try {
      const measured = await benchmark.run();
      figures.push(...measured);
      if (asJson) measured.forEach((figure) => console.log(JSON.stringify(figure)));
    } catch (error) {
      crashed.push(benchmark.name);
      console.error(`${benchmark.name} crashed:`, error);
    }
  }
  if (!asJson) printTable(figures);
  process.exit(crashed.length === 0 ? 0 : 1);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
