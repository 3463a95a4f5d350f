export { readSettingsForm, settingsInvalid } from './definition/settings-form';
export { providersPart } from './part';
export { findPrice, type ConfiguredPrice } from './prices';
export { providersOf } from './providers-of';
export type * from './providers-service';
