import type { Environment } from 'strapi-plugin-skills-shared/contracts';
import { formAfterSave, formOf, rowFaultOf, saveOf, type EnvironmentForm } from './environment-form';

const form: EnvironmentForm = {
  variables: [
    { name: '', value: '' },
    { name: 'A', value: '1' },
    { name: '', value: 'nameless' },
  ],
  secrets: [
    { name: '', value: '', isNew: true },
    { name: 'OLD', value: null, isNew: false },
    { name: 'NEW', value: 'value', isNew: true },
  ],
  setup: 'make',
  allowedHosts: ['pypi.org'],
};

describe('the form of an environment', () => {
  it('begins with what is stored, of secrets nothing', () => {
    const stored = {
      variables: [{ name: 'A', value: '1' }],
      secrets: [{ name: 'KEY', updatedAt: '2026-01-01T00:00:00.000Z' }],
      setup: 'make',
      allowedHosts: ['pypi.org'],
    } as unknown as Environment;
    expect(formOf(stored)).toEqual({ ...stored, secrets: [] });
  });

  it('sends filled rows, and hosts only of those who may open them', () => {
    const save = {
      revision: 3,
      variables: [
        { name: 'A', value: '1' },
        { name: '', value: 'nameless' },
      ],
      secrets: [
        { name: 'OLD', value: null },
        { name: 'NEW', value: 'value' },
      ],
      setup: 'make',
    };
    expect(saveOf(form, 3, false)).toEqual(save);
    expect(saveOf(form, 3, true)).toEqual({ ...save, allowedHosts: ['pypi.org'] });
  });

  describe('after a save', () => {
    const stored = [
      { name: 'NEW', updatedAt: '2026-01-01T00:00:00.000Z' },
      { name: 'KEPT', updatedAt: '2026-01-01T00:00:00.000Z' },
    ];
    const saved = { ...form, variables: [{ name: 'A', value: '1' }], secrets: [] };

    it('is what is stored, when nothing was typed since', () => {
      expect(formAfterSave({ secrets: stored }, form, form, saved)).toEqual(saved);
    });

    it('keeps what was typed since it was sent, secrets too', () => {
      const now: EnvironmentForm = {
        ...form,
        setup: 'make all',
        secrets: [
          { name: '', value: '', isNew: true },
          { name: 'OLD', value: 'back again', isNew: false },
          { name: 'NEW', value: 'value, corrected', isNew: true },
          { name: 'NEWER', value: 'another', isNew: true },
          { name: 'KEPT', value: null, isNew: false },
        ],
      };
      expect(formAfterSave({ secrets: stored }, form, now, saved)).toEqual({
        ...saved,
        setup: 'make all',
        secrets: [
          { name: 'OLD', value: 'back again', isNew: true },
          { name: 'NEW', value: 'value, corrected', isNew: false },
          { name: 'NEWER', value: 'another', isNew: true },
          { name: 'KEPT', value: null, isNew: false },
        ],
      });
    });
  });

  const failure = (...path: (string | number)[]) => ({ name: 'E', message: 'No.', details: { path } });

  it('shows a complaint at the row that it is about', () => {
    expect(rowFaultOf(form, failure('variables', 1, 'name'))).toEqual({
      list: 'variables',
      index: 2,
      field: 'name',
      message: 'No.',
    });
    expect(rowFaultOf(form, failure('secrets', 1, 'value'))).toMatchObject({ index: 2, field: 'value' });
  });

  it('leaves other complaints', () => {
    for (const other of [undefined, failure(), failure('setup'), failure('variables'), failure('secrets', 9)])
      expect(rowFaultOf(form, other)).toBeUndefined();
  });
});
