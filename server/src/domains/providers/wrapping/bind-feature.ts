import type { AdapterGuard } from './adapter-guard';

/**
 * A feature whose functions have their first parameter, the connection's context, already; what they throw is explained. By that
 * rule alone, so it serves features that nobody knew when this was written.
 */
export function bindFeature<Feature extends object>(
  feature: Feature,
  context: unknown,
  guard: AdapterGuard,
): Feature {
  return new Proxy(feature, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      return (...rest: unknown[]) => guard.call((): unknown => value.call(target, context, ...rest));
    },
  });
}
