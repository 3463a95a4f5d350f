import { portTypes, type Port, type PortType } from 'strapi-plugin-skills-shared/contracts';
import { setField } from '../frontmatter/edit-field';
import type { Frontmatter } from '../frontmatter/read-frontmatter';
import {
  findEntry,
  toPlain,
  toText,
  type Plain,
  type YamlMap,
  type YamlValue,
} from '../frontmatter/yaml-value';
import type { Report } from './diagnosis';
import { findField, type FoundField } from './skill-fields';

/** What people write for a type, coming from Python, JSON Schema or databases. */
const otherNames: Record<string, PortType> = {
  str: 'string',
  int: 'integer',
  float: 'number',
  double: 'number',
  decimal: 'number',
  bool: 'boolean',
  dict: 'object',
  map: 'object',
  list: 'array',
  any: 'json',
  markdown: 'text',
};

const units: Record<string, number> = { '': 1, b: 1, kb: 1024, kib: 1024, mb: 1024 ** 2, mib: 1024 ** 2 };

interface Declaration {
  name: string | undefined;
  value: YamlValue;
  at: number;
}

/**
 * `inputs` or `outputs`: a list of declarations, `{ name, type, … }` or a bare type, or a map from names to either. A
 * declaration whose type is not known is read as `json`, any value, with a warning.
 */
export function readPorts(
  frontmatter: Frontmatter,
  report: Report,
  key: 'inputs' | 'outputs',
): Port[] | undefined {
  const found = findField(frontmatter, key);
  if (!found) return undefined;
  const declarations = declarationsOf(found.entry.value);
  if (!declarations) {
    const message = `The field "${found.field}" must be a list of declarations, or a map from names to types.`;
    report.add({
      severity: 'warning',
      code: 'ports-invalid',
      message,
      field: found.field,
      at: found.entry.keySpan.start,
    });
    return undefined;
  }
  const ports = declarations.map((declaration) => readPort(declaration, found, report));
  checkNames(ports, declarations, found, report);
  return ports;
}

function declarationsOf(value: YamlValue): Declaration[] | undefined {
  if (value.type === 'list') {
    return value.items.map((item) => ({ name: nameIn(item), value: item, at: item.span.start }));
  }
  if (value.type !== 'map') return undefined;
  return value.entries.map(({ key, value: item, keySpan }) => ({
    name: key,
    value: item,
    at: keySpan.start,
  }));
}

function nameIn(value: YamlValue): string | undefined {
  const name = value.type === 'map' ? findEntry(value, 'name')?.value : undefined;
  const text = name?.type === 'scalar' ? name.text.trim() : '';
  return text === '' ? undefined : text;
}

function readPort({ name, value, at }: Declaration, found: FoundField, report: Report): Port {
  const details = value.type === 'map' ? value : undefined;
  const written = details ? textOf(details, ['type']) : value.type === 'scalar' ? value.text : undefined;
  return {
    ...(name !== undefined && { name }),
    type: readType(
      written ?? (details && hasAny(details, ['mime', 'mime_type']) ? 'file' : 'json'),
      at,
      found,
      report,
    ),
    ...(details && readDetails(details)),
  };
}

function readType(written: string, at: number, found: FoundField, report: Report): PortType {
  const type = written.trim();
  if (isPortType(type)) return type;
  const meant = otherNames[type.toLowerCase()] ?? portTypes.find((known) => known === type.toLowerCase());
  const known = portTypes.join(', ');
  report.add({
    severity: 'warning',
    code: 'port-type-unknown',
    message: `The type "${type}" in "${found.field}" is not known; known are ${known}.`,
    field: found.field,
    at,
    ...(meant && {
      repair: {
        text: `Write "${meant}"`,
        change: (text: string) =>
          setField(text, found.path, retype(toPlain(found.entry.value), written, meant)),
      },
    }),
  });
  return meant ?? 'json';
}

/** The same declarations with another name for one type. */
function retype(value: Plain, from: string, to: string): Plain {
  const retypeOne = (item: Plain): Plain => {
    if (item === from) return to;
    if (item === null || typeof item !== 'object' || Array.isArray(item) || item.type !== from) return item;
    return { ...item, type: to };
  };
  if (Array.isArray(value)) return value.map(retypeOne);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, retypeOne(item)]));
}

function isPortType(text: string): text is PortType {
  return (portTypes as readonly string[]).includes(text);
}

function readDetails(map: YamlMap): Omit<Port, 'name' | 'type'> {
  const description = textOf(map, ['description']);
  const mime = textOf(map, ['mime', 'mime_type', 'mimeType']);
  const maxSize = bytesOf(textOf(map, ['maxSize', 'max_size']));
  const fallback = findEntry(map, 'default');
  const choices = findEntry(map, 'enum')?.value;
  const required = findEntry(map, 'required')?.value;
  return {
    ...(description !== undefined && { description }),
    ...(required?.type === 'scalar' && typeof required.value === 'boolean' && { required: required.value }),
    ...(fallback && { default: toPlain(fallback.value) }),
    ...(choices?.type === 'list' && { enum: choices.items.map(toPlain).filter(isChoice) }),
    ...(mime !== undefined && { mime }),
    ...(maxSize !== undefined && { maxSize }),
  };
}

function isChoice(value: Plain): value is string | number | boolean {
  return value !== null && typeof value !== 'object';
}

function hasAny(map: YamlMap, keys: readonly string[]): boolean {
  return keys.some((key) => findEntry(map, key));
}

function textOf(map: YamlMap, keys: readonly string[]): string | undefined {
  const entry = keys.map((key) => findEntry(map, key)).find((each) => each !== undefined);
  const text = entry ? toText(entry.value).trim() : '';
  return text === '' ? undefined : text;
}

/** `1048576`, `10MB` or `10 MiB`, in bytes. */
function bytesOf(text: string | undefined): number | undefined {
  const match = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(text ?? '');
  const unit = units[match?.[2]?.toLowerCase() ?? ''];
  const bytes = Math.floor(Number(match?.[1]) * (unit ?? NaN));
  return Number.isSafeInteger(bytes) && bytes > 0 ? bytes : undefined;
}

function checkNames(ports: Port[], declarations: Declaration[], found: FoundField, report: Report): void {
  ports.forEach(({ name }, index) => {
    if (name === undefined || ports.findIndex((port) => port.name === name) === index) return;
    const message = `The name "${name}" is declared twice in "${found.field}".`;
    const at = declarations[index]?.at ?? found.entry.keySpan.start;
    report.add({ severity: 'warning', code: 'port-name-duplicate', message, field: found.field, at });
  });
}
