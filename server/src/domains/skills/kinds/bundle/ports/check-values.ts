import { foldPath } from '../../../../versions';
import type { Port, RunFile } from 'strapi-plugin-skills-shared/contracts';

/** Why a value does not fit its declaration. `path` leads from the value's root to the fault. */
export interface PortProblem {
  reason:
    | 'not-object'
    | 'unknown'
    | 'missing'
    | 'type'
    | 'choice'
    | 'file-missing'
    | 'file-unknown'
    | 'file-type'
    | 'file-size';
  message: string;
  path: string[];
}

type FileOfPort = Pick<RunFile, 'name' | 'mime' | 'size'>;

const article: Record<Port['type'], string> = {
  string: 'a text',
  text: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  array: 'a list',
  json: 'a JSON value',
  file: 'a file',
};

/** Declarations that name a key of the JSON; a file travels beside it, and one without a name says nothing that can be checked. */
export function valuePorts(ports: readonly Port[]): (Port & { name: string })[] {
  return ports.filter(
    (port): port is Port & { name: string } => port.type !== 'file' && port.name !== undefined,
  );
}

export function filePorts(ports: readonly Port[]): Port[] {
  return ports.filter((port) => port.type === 'file');
}

/**
 * The first way in which a JSON value and the files beside it differ from their declarations. Without declarations everything fits; a
 * lone declaration without a name is that of the whole value. `strict` also refuses what was not declared.
 */
export function checkPorts(
  ports: readonly Port[],
  value: unknown,
  files: readonly FileOfPort[],
  { strict }: { strict: boolean },
): PortProblem | undefined {
  if (ports.length === 0) return undefined;
  return checkValue(ports, value, strict) ?? checkFiles(filePorts(ports), files, strict);
}

function checkValue(ports: readonly Port[], value: unknown, strict: boolean): PortProblem | undefined {
  const named = valuePorts(ports);
  const whole = ports.find((port) => port.type !== 'file' && port.name === undefined);
  if (whole && named.length === 0) return checkOne(whole, value, []);
  if (value === undefined || value === null) return named.map(missing).find((problem) => problem);
  if (named.length === 0 && !strict) return undefined;
  if (!isObject(value)) return { reason: 'not-object', message: 'The value must be an object.', path: [] };
  const unknown =
    strict && !whole && Object.keys(value).find((key) => named.every((port) => port.name !== key));
  if (typeof unknown === 'string') {
    return { reason: 'unknown', message: `There is no field "${unknown}" to fill.`, path: [unknown] };
  }
  for (const port of named) {
    const item = Object.hasOwn(value, port.name) ? value[port.name] : undefined;
    const problem = item === undefined ? missing(port) : checkOne(port, item, [port.name]);
    if (problem) return problem;
  }
  return undefined;
}

function missing(port: Port & { name: string }): PortProblem | undefined {
  if (port.required !== true || port.default !== undefined) return undefined;
  return { reason: 'missing', message: `The field "${port.name}" is required.`, path: [port.name] };
}

function checkOne(port: Port, value: unknown, path: string[]): PortProblem | undefined {
  const subject = port.name === undefined ? 'The value' : `The field "${port.name}"`;
  if (!fits[port.type](value)) {
    return { reason: 'type', message: `${subject} must be ${article[port.type]}.`, path };
  }
  if (!port.enum || port.enum.some((choice) => choice === value)) return undefined;
  const choices = port.enum.map((choice) => JSON.stringify(choice)).join(', ');
  return { reason: 'choice', message: `${subject} must be one of ${choices}.`, path };
}

const isText = (value: unknown) => typeof value === 'string';
const anything = (value: unknown) => value !== undefined;

const fits: Record<Port['type'], (value: unknown) => boolean> = {
  string: isText,
  text: isText,
  number: Number.isFinite,
  integer: Number.isInteger,
  boolean: (value) => typeof value === 'boolean',
  object: isObject,
  array: Array.isArray,
  json: anything,
  file: anything,
};

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A file belongs to the declaration whose name it bears, with or without an extension, or else to any that takes it. */
function checkFiles(ports: Port[], files: readonly FileOfPort[], strict: boolean): PortProblem | undefined {
  const taken = new Set<Port>();
  for (const file of files) {
    const named = ports.filter((port) => port.name !== undefined && bears(file.name, port.name));
    const candidates = named.length > 0 ? named : ports;
    const fitting = candidates.filter((port) => !fileProblem(port, file));
    const port = fitting.find((each) => !taken.has(each)) ?? fitting[0];
    if (port) taken.add(port);
    else if (strict || named.length > 0) return refuseFile(candidates, file);
  }
  const lacking = ports.find((port) => port.required === true && !taken.has(port));
  if (!lacking) return undefined;
  const name = lacking.name ?? lacking.mime ?? 'file';
  return { reason: 'file-missing', message: `The file "${name}" is required.`, path: [name] };
}

function bears(fileName: string, portName: string): boolean {
  const name = foldPath(fileName);
  const port = foldPath(portName);
  return name === port || name.startsWith(`${port}.`) || name.startsWith(`${port}/`);
}

function refuseFile(candidates: readonly Port[], file: FileOfPort): PortProblem {
  const [first] = candidates;
  const problem = first && fileProblem(first, file);
  return (
    problem ?? {
      reason: 'file-unknown',
      message: `No file was asked for, so "${file.name}" is not taken.`,
      path: [file.name],
    }
  );
}

function fileProblem(port: Port, file: FileOfPort): PortProblem | undefined {
  if (port.mime !== undefined && !matchesMime(port.mime, file.mime)) {
    const message = `The file "${file.name}" is ${file.mime}, and must be ${port.mime}.`;
    return { reason: 'file-type', message, path: [file.name] };
  }
  if (port.maxSize === undefined || file.size <= port.maxSize) return undefined;
  const message = `The file "${file.name}" is larger than ${port.maxSize} bytes.`;
  return { reason: 'file-size', message, path: [file.name] };
}

/** Whether a MIME type is one of a list such as `text/csv, image/*`; parameters do not matter. */
export function matchesMime(pattern: string, mime: string): boolean {
  const bare = mime.split(';')[0]?.trim().toLowerCase() ?? '';
  return pattern
    .toLowerCase()
    .split(',')
    .map((each) => each.trim())
    .some((each) => {
      if (each === '*' || each === '*/*' || each === bare) return true;
      return each.endsWith('/*') && bare.startsWith(each.slice(0, -1));
    });
}
