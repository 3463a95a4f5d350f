import { bootstrap } from './bootstrap';
import { config } from './config';
import { destroy } from './destroy';
import { assembleRoutes } from './http/assemble-routes';
import { parts } from './parts';
import { register } from './register';

/** Joins the parts' records of one sort; two of one name would silently replace each other. */
function joined<Value>(
  records: readonly (Readonly<Record<string, Value>> | undefined)[],
): Record<string, Value> {
  const all: Record<string, Value> = {};
  for (const [name, value] of records.flatMap((record) => Object.entries(record ?? {}))) {
    if (Object.hasOwn(all, name)) throw new Error(`Two parts of the plugin register "${name}".`);
    all[name] = value;
  }
  return all;
}

const plugin = {
  register,
  bootstrap,
  destroy,
  config,
  contentTypes: joined(parts.map((part) => part.contentTypes)),
  services: joined(parts.map((part) => part.services)),
  ...assembleRoutes(parts.flatMap((part) => part.routes ?? [])),
};

export default plugin;
