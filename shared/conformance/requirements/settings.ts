import { demand } from '../assertions';
import { checkFields, fieldsOf, issuesOf } from '../json-schema';
import type { Requirement } from '../requirement';

export const settingsRequirements: readonly Requirement[] = [
  {
    id: 'settings/json-schema',
    says: "the settings' schema renders to a JSON Schema of an object whose fields have titles",
    async check({ subject: { provider } }) {
      checkFields(fieldsOf(provider.settingsSchema, 'The settings schema'), 'the settings');
    },
  },
  {
    id: 'settings/accepts-valid',
    says: 'valid settings are accepted, and what comes of them is accepted again',
    async check({ subject, expect }) {
      const { validate } = subject.provider.settingsSchema['~standard'];
      const first = await validate(subject.settings);
      expect(first.issues ?? []).toEqual([]);
      const second = await validate('value' in first ? first.value : undefined);
      expect(second.issues ?? []).toEqual([]);
    },
  },
  {
    id: 'settings/refuses-wrong',
    says: 'settings that are none are refused with issues, not with an exception',
    async check({ subject }) {
      for (const wrong of ['a text', 42, null, []]) {
        const issues = await issuesOf(subject.provider.settingsSchema, wrong, 'The settings schema');
        demand(issues.length > 0, `${JSON.stringify(wrong)} was accepted as settings.`);
        demand(
          issues.every(({ message }) => message !== ''),
          'Each issue must have a message.',
        );
      }
    },
  },
  {
    id: 'settings/secrets-marked',
    says: 'each secret stands in a field that is marked as secret',
    async check({ subject }) {
      const fields = fieldsOf(subject.provider.settingsSchema, 'The settings schema');
      const settings = subject.settings as Record<string, unknown>;
      demand(
        subject.secrets.length > 0,
        'Name the secrets of the settings, or what hides them is not tested.',
      );
      for (const secret of subject.secrets) {
        const holders = Object.keys(settings).filter((name) => settings[name] === secret);
        demand(holders.length > 0, 'A secret of the subject is not in its settings.');
        for (const name of holders)
          demand(fields[name]?.secret === true, `The field "${name}" must be marked "secret: true".`);
      }
    },
  },
];
