import type { EnvironmentSave } from 'strapi-plugin-skills-shared/contracts';
import { isListedHost } from '../../platform/sandbox';
import { hostInvalid, nameTaken, reservedName, secretTooShort, tooMany, valueUnfit } from './refusals';
import { whyReserved } from './variable-names';

/** Shorter ones would blot out words of honest sentences wherever they are masked. */
export const MIN_SECRET_LENGTH = 4;
const MAX_SECRETS = 50;
/** Bytes of all secrets: what masks them is held in memory for each run, and has many times their size. */
const MAX_SECRET_BYTES = 64 * 1024;
/** Bytes of all variables: with the secrets' they are below what Linux lets a program be started with. */
const MAX_VARIABLE_BYTES = 256 * 1024;

/**
 * Refuses what no environment can hold, naming the field: 400 `name-reserved`, `name-taken`, `value-unfit`, `secret-too-short`,
 * `host-invalid`, `environment-too-large`.
 */
export function checkEnvironment(
  save: EnvironmentSave,
  secretsBefore: readonly { name: string; bytes: number }[],
): void {
  checkVariables(save.variables);
  checkHosts(save.allowedHosts ?? []);
  const secrets = new Map(secretsBefore.map(({ name, bytes }) => [name, bytes]));
  const named = new Set<string>();
  for (const [index, { name, value }] of save.secrets.entries()) {
    const path = ['secrets', index];
    if (named.has(name)) throw nameTaken(name, [...path, 'name']);
    named.add(name);
    if (value === null) secrets.delete(name);
    else {
      checkName(name, [...path, 'name']);
      checkValue(name, value, [...path, 'value']);
      if (value.length < MIN_SECRET_LENGTH) throw secretTooShort(name, MIN_SECRET_LENGTH, [...path, 'value']);
      secrets.set(name, Buffer.byteLength(value));
    }
  }
  if (secrets.size > MAX_SECRETS)
    throw tooMany(`An environment has at most ${MAX_SECRETS} secrets.`, ['secrets']);
  const secretBytes = [...secrets.values()].reduce((sum, bytes) => sum + bytes, 0);
  if (secretBytes > MAX_SECRET_BYTES)
    throw tooMany(`All secrets together may take ${MAX_SECRET_BYTES / 1024} KiB.`, ['secrets']);
  for (const [index, { name }] of save.variables.entries())
    if (secrets.has(name)) throw nameTaken(name, ['variables', index, 'name']);
}

function checkVariables(variables: EnvironmentSave['variables']): void {
  const named = new Set<string>();
  let bytes = 0;
  for (const [index, { name, value }] of variables.entries()) {
    const path = ['variables', index];
    checkName(name, [...path, 'name']);
    checkValue(name, value, [...path, 'value']);
    if (named.has(name)) throw nameTaken(name, [...path, 'name']);
    named.add(name);
    bytes += name.length + Buffer.byteLength(value);
  }
  if (bytes > MAX_VARIABLE_BYTES)
    throw tooMany(`All variables together may take ${MAX_VARIABLE_BYTES / 1024} KiB.`, ['variables']);
}

/** By the sandbox's own rule: a host that it does not understand would fail every run of the skill. */
function checkHosts(hosts: readonly string[]): void {
  for (const [index, host] of hosts.entries())
    if (!isListedHost(host)) throw hostInvalid(host, ['allowedHosts', index]);
}

function checkName(name: string, path: readonly (string | number)[]): void {
  const why = whyReserved(name);
  if (why !== undefined) throw reservedName(name, why, path);
}

/** A NUL would end it, and half of a surrogate pair is no text. */
function checkValue(name: string, value: string, path: readonly (string | number)[]): void {
  if (value.includes('\0') || /\p{Surrogate}/u.test(value)) throw valueUnfit(name, path);
}
