import { Readable } from 'node:stream';
import { nameUploads } from './input-files';

const upload = (field: string, name: string, mime = 'application/octet-stream') => ({
  field,
  name,
  mime,
  open: () => Readable.from([]),
});

const metadata = {
  inputs: [
    { name: 'photo', type: 'file' as const },
    { name: 'size', type: 'integer' as const },
  ],
};

describe('naming uploads', () => {
  it('calls a file by the declared input whose field it came in, and keeps its ending', () => {
    const [file] = nameUploads([upload('photo', 'My Cat.PNG')], metadata);
    expect(file).toMatchObject({ name: 'photo.PNG', mime: 'image/png' });
  });

  it('keeps the names of files that came in no field of their own', () => {
    const files = nameUploads([upload('files', 'a.csv'), upload('files', 'ümläut.txt')], {});
    expect(files.map(({ name }) => name)).toEqual(['a.csv', 'ümläut.txt']);
  });

  it('believes a type that the client names, and no type that would break a header', () => {
    const [said, broken] = nameUploads(
      [
        upload('files', 'a.bin', 'text/csv; charset=latin1'),
        upload('files', 'b.txt', 'x/y\r\nSet-Cookie: a'),
      ],
      {},
    );
    expect(said?.mime).toBe('text/csv');
    expect(broken?.mime).toBe('text/plain');
  });

  it.each([
    ['size', 'a.txt', 'input-file-undeclared'],
    ['other', 'a.txt', 'input-file-undeclared'],
    ['files', '../evil', 'input-file-name'],
    ['files', 'a/b.txt', 'input-file-name'],
    ['files', '..', 'input-file-name'],
    ['files', 'a\u0000b', 'input-file-name'],
    ['files', '', 'input-file-name'],
  ])('refuses the field %s with the name %j', (field, name, code) => {
    expect(() => nameUploads([upload(field, name)], metadata)).toThrow(
      expect.objectContaining({ details: expect.objectContaining({ code, path: [field] }) }),
    );
  });

  it('refuses two files that a file system may take for one', () => {
    expect(() => nameUploads([upload('files', 'A.txt'), upload('files', 'a.TXT')], {})).toThrow(
      expect.objectContaining({ details: expect.objectContaining({ code: 'input-file-duplicate' }) }),
    );
  });
});
