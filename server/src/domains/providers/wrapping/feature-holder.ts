import type { FeatureId, FeatureTypes } from 'strapi-plugin-skills-shared/provider';
import { InvalidError } from '../../../http/errors';
import type { FeatureHolder } from '../providers-service';

/** What may hold features: a capability's `features`, by id. */
export type FeatureRecord = Readonly<Record<string, unknown>>;

/** A feature exists when its implementation does. */
export function featureIds(features: FeatureRecord | undefined): string[] {
  return Object.keys(features ?? {}).filter((id) => features?.[id] !== undefined && features[id] !== null);
}

/** The four questions over some records of features; of two with one id, the first counts. `whose` names the holder in errors. */
export function createFeatureHolder(
  whose: string,
  records: readonly (FeatureRecord | undefined)[],
): FeatureHolder {
  const features = new Map<string, unknown>();
  for (const record of records) {
    for (const id of featureIds(record)) if (!features.has(id)) features.set(id, record?.[id]);
  }
  return {
    getFeatures: () => [...features.keys()],
    hasFeature: (id) => features.has(id),
    tryGetFeature: <Id extends FeatureId>(id: Id) =>
      features.get(id) as FeatureTypes<unknown>[Id] | undefined,
    getFeature: <Id extends FeatureId>(id: Id) => {
      if (!features.has(id)) throw featureMissing(whose, id);
      return features.get(id) as FeatureTypes<unknown>[Id];
    },
  };
}

export function featureMissing(whose: string, id: string): InvalidError {
  return new InvalidError(`${whose} does not offer the feature ${id}.`, {
    code: 'feature-missing',
    feature: id,
  });
}

export function capabilityMissing(whose: string, id: string): InvalidError {
  return new InvalidError(`${whose} does not offer the capability ${id}.`, {
    code: 'capability-missing',
    capability: id,
  });
}
