import { changesBetween, formOf } from './frontmatter-form';

const metadata = {
  name: 'pdf',
  description: 'Fills forms.',
  license: 'MIT',
  tags: ['pdf'],
  allowNetwork: true,
  metadata: { author: 'Ann', team: 'Docs' },
  inputs: [{ name: 'file', type: 'file' as const }],
};

describe('the form over the frontmatter', () => {
  it('sends nothing when nothing was edited', () => {
    const form = formOf(metadata);
    expect(
      changesBetween(form, {
        ...form,
        name: ' pdf ',
        metadata: [...form.metadata, { key: ' ', value: 'x' }],
      }),
    ).toEqual({});
  });

  it('sends the fields that were edited, and no others', () => {
    const form = formOf(metadata);
    expect(changesBetween(form, { ...form, description: 'New.', tags: ['pdf', 'forms'] })).toEqual({
      description: 'New.',
      tags: ['pdf', 'forms'],
    });
  });

  it('removes what was emptied', () => {
    const form = formOf(metadata);
    const emptied = { ...form, license: ' ', tags: [], allowNetwork: false, metadata: [], inputs: [] };
    expect(changesBetween(form, emptied)).toEqual({
      license: null,
      tags: null,
      allowNetwork: null,
      metadata: null,
      inputs: null,
    });
  });

  it('sends metadata whole when one entry of it was edited', () => {
    const form = formOf(metadata);
    const edited = form.metadata.map((entry) =>
      entry.key === 'team' ? { ...entry, value: 'Forms' } : entry,
    );
    expect(changesBetween(form, { ...form, metadata: edited })).toEqual({
      metadata: { author: 'Ann', team: 'Forms' },
    });
  });

  it('begins empty for a file without frontmatter', () => {
    expect(changesBetween(formOf({}), { ...formOf({}), name: 'a' })).toEqual({ name: 'a' });
  });
});
