import type { Port } from 'strapi-plugin-skills-shared/contracts';

/** A declared input that a form can ask for: it has a name. */
export type NamedPort = Port & { name: string };

/** What stands in a field: text as typed (numbers and JSON too), or a switch's state. Files are kept apart. */
export type FieldValue = string | boolean;
export type FieldValues = Record<string, FieldValue>;

export type FieldProblem = 'required' | 'number' | 'integer' | 'json' | 'object' | 'array' | 'too-large';

export function isNamed(port: Port): port is NamedPort {
  return port.name !== undefined && port.name !== '';
}

/** How a port is asked for. */
export function fieldKind(port: Port): 'choice' | 'switch' | 'number' | 'lines' | 'line' | 'json' | 'file' {
  if (port.type === 'file') return 'file';
  if (port.enum && port.enum.length > 0) return 'choice';
  if (port.type === 'boolean') return 'switch';
  if (port.type === 'number' || port.type === 'integer') return 'number';
  if (port.type === 'text') return 'lines';
  if (port.type === 'string') return 'line';
  return 'json';
}

/** JSON on one line while it is short, else indented. */
function readableJson(value: unknown): string {
  const line = JSON.stringify(value);
  return line.length <= 60 ? line : JSON.stringify(value, null, 2);
}

function asField(port: Port, value: unknown): FieldValue {
  if (fieldKind(port) === 'switch') return value === true;
  if (value === undefined || value === null) return '';
  if (fieldKind(port) === 'json') return readableJson(value);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The fields to begin with: from an input (a sample, or an earlier run's), else from the declared defaults. */
export function fieldsFrom(ports: readonly NamedPort[], input: unknown): FieldValues {
  const given = isObject(input) ? input : {};
  return Object.fromEntries(
    ports
      .filter((port) => port.type !== 'file')
      .map((port) => [
        port.name,
        asField(port, Object.hasOwn(given, port.name) ? given[port.name] : port.default),
      ]),
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

type Read = { value?: unknown } | { problem: FieldProblem };

function readJson(text: string): Read {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return { problem: 'json' };
  }
}

/** What a field says. An empty one says nothing, which only a required port minds. */
function readField(port: NamedPort, field: FieldValue | undefined): Read {
  if (fieldKind(port) === 'switch') return { value: field === true };
  const text = typeof field === 'string' ? field : '';
  if (text.trim() === '') return port.required ? { problem: 'required' } : {};
  if (fieldKind(port) === 'choice')
    return { value: port.enum?.find((choice) => String(choice) === text) ?? text };
  switch (port.type) {
    case 'number':
      return Number.isFinite(Number(text)) ? { value: Number(text) } : { problem: 'number' };
    case 'integer':
      return Number.isSafeInteger(Number(text)) ? { value: Number(text) } : { problem: 'integer' };
    case 'object': {
      const read = readJson(text);
      return 'problem' in read || isObject(read.value) ? read : { problem: 'object' };
    }
    case 'array': {
      const read = readJson(text);
      return 'problem' in read || Array.isArray(read.value) ? read : { problem: 'array' };
    }
    case 'json':
      return readJson(text);
    case 'string':
    case 'text':
    case 'boolean':
    case 'file':
      return { value: text };
  }
}

/**
 * The input that the fields amount to, or what is wrong with them by field. Properties of `base` that no field stands for are
 * kept, so that a sample's undeclared ones are not lost.
 */
export function inputFrom(
  ports: readonly NamedPort[],
  fields: FieldValues,
  files: Readonly<Record<string, { size: number } | undefined>>,
  base: unknown,
): { input: Record<string, unknown>; problems: Record<string, FieldProblem> } {
  const input: Record<string, unknown> = isObject(base) ? { ...base } : {};
  const problems: Record<string, FieldProblem> = {};
  for (const port of ports) {
    if (port.type === 'file') {
      const file = files[port.name];
      if (!file && port.required) problems[port.name] = 'required';
      if (file && port.maxSize !== undefined && file.size > port.maxSize) problems[port.name] = 'too-large';
      continue;
    }
    const read = readField(port, fields[port.name]);
    if ('problem' in read) problems[port.name] = read.problem;
    else if (read.value === undefined) delete input[port.name];
    else input[port.name] = read.value;
  }
  return { input, problems };
}
