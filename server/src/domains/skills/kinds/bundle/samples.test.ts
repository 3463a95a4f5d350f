import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createBubblewrap, createJustBash, type SandboxImplementation } from '../../../../platform/sandbox';
import { describeWhereBubblewrapIs } from '../../../../platform/sandbox/conformance/where-bubblewrap-is';
import { printed, runInStand, type RunRecord } from './fixtures/run-stand';
import { bundleKind } from './kind';

jest.setTimeout(60_000);

const samples = join(__dirname, '../../../../../../playground/samples');
const names = readdirSync(samples).filter((name) => statSync(join(samples, name)).isDirectory());

function readSample(name: string): Record<string, Buffer> {
  const root = join(samples, name);
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8' });
  const files = paths.filter((path) => statSync(join(root, path)).isFile());
  return Object.fromEntries(
    files.map((path) => [path.replaceAll('\\', '/'), readFileSync(join(root, path))]),
  );
}

function validate(name: string, files: Record<string, Buffer>) {
  return bundleKind.validate({
    paths: Object.keys(files),
    folder: name,
    read: async (path) => files[path] ?? Buffer.alloc(0),
  });
}

/** Those that an agent works by: they have no script of their own to run. */
const forAgents = ['release-notes'];

/** What each sample must answer to its own sample input, in whichever sandbox. */
const expectations: Record<string, (record: RunRecord) => void> = {
  'csv-summary': ({ outcome, artifacts }) => {
    expect(outcome).toMatchObject({
      output: {
        rows: 6,
        columns: expect.arrayContaining([
          expect.objectContaining({ name: 'population', type: 'number', max: 984748 }),
        ]),
      },
    });
    expect(artifacts['chart.svg']?.text).toContain('Stockholm');
    expect(artifacts['report.md']?.text).toContain('# Summary of 6 rows');
  },
  'headline-review': ({ outcome, artifacts, events }) => {
    expect(outcome).toMatchObject({ output: { best: 'Oslo opens its new library to everyone' } });
    expect(artifacts['reviews.csv']?.text.split('\r\n')).toHaveLength(6);
    expect(printed(events, 'stdout')).toContain('4/4');
    // Its progress is seen while it goes on.
    expect(events.filter(({ type }) => type === 'text-delta').length).toBeGreaterThanOrEqual(4);
  },
  'invoice-totals': ({ outcome, artifacts }) => {
    expect(outcome).toMatchObject({ output: { net: '1360.81', tax: '226.22', total: '1587.03' } });
    expect(artifacts['invoice.md']?.text).toContain('**1587.03**');
  },
  'log-digest': ({ outcome, artifacts }) => {
    expect(outcome).toMatchObject({
      output: { lines: 240, errors: expect.any(Number), warnings: expect.any(Number) },
    });
    expect(Object.keys(artifacts)).toEqual(['hours.csv', 'levels.csv', 'report.md']);
    expect(artifacts['hours.csv']?.text.split('\n')).toContain('2026-03-14T02:00,60');
    expect(artifacts['report.md']?.text).toMatch(/\| \d+ \| payment: card declined for order # \|/);
  },
};

describe('the sample skills', () => {
  it('are all expected here', () => {
    expect([...Object.keys(expectations), ...forAgents].sort()).toEqual(names.sort());
  });

  it.each(names)('pass validation without a finding: %s', async (name) => {
    expect((await validate(name, readSample(name))).findings).toEqual([]);
  });
});

function describeSamples(open: () => SandboxImplementation): void {
  let implementation: SandboxImplementation;
  beforeAll(() => void (implementation = open()));
  afterAll(() => implementation.close());

  it.each(Object.keys(expectations))('completes with its sample input: %s', async (name) => {
    const files = readSample(name);
    const { metadata } = await validate(name, files);
    const input = JSON.parse(String(files['tests/sample_input.json'])) as unknown;
    const record = await runInStand(implementation, { files, metadata, input });
    expect(record.outcome.status).toBe('completed');
    expectations[name]?.(record);
  });
}

describeWhereBubblewrapIs('a sample skill in bubblewrap', () => describeSamples(createBubblewrap));

describe('a sample skill in just-bash', () => describeSamples(createJustBash));
