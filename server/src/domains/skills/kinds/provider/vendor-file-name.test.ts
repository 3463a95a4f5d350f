import { createVendorFileNames, vendorMime } from './vendor-file-name';

const named = (name: string, mime = 'text/plain') => createVendorFileNames()({ name, mime });

it.each([
  ['report.pdf', 'report.pdf'],
  ['../../etc/passwd', 'passwd.txt'],
  ['C:\\Users\\x\\run.bat', 'run.bat'],
  ['/mnt/data/plot.png', 'plot.png'],
  ['..', 'file.txt'],
  ['', 'file.txt'],
  ['.env', 'env.txt'],
  ['a\u0000b\n.csv', 'ab.csv'],
  ['photo\u202egnp.exe', 'photognp.exe'],
  ['\ud800x.txt', 'x.txt'],
  ['con.txt', 'file-con.txt'],
  ['a<b>:c?.txt', 'abc.txt'],
  ['  spaced  .txt', 'spaced.txt'],
])('calls %j %j', (name, expected) => {
  expect(named(name)).toBe(expected);
});

it('keeps a long name short, and its ending', () => {
  const name = named(`${'😀'.repeat(500)}.xlsx`);
  expect(Buffer.byteLength(name)).toBeLessThanOrEqual(500);
  expect(name.endsWith('.xlsx')).toBe(true);
});

it('numbers a name that is taken, in whatever case', () => {
  const name = createVendorFileNames();
  const file = (text: string) => name({ name: text, mime: 'image/png' });
  expect([file('a.png'), file('A.PNG'), file('a.png'), file('a-2.png')]).toEqual([
    'a.png',
    'A-2.PNG',
    'a-3.png',
    'a-2-2.png',
  ]);
});

it('gives an ending by the type where the name has none', () => {
  expect(named('image', 'image/png; charset=x')).toBe('image.png');
  expect(named('image', 'nonsense')).toBe('image');
});

it('takes for a type what may stand in a header, and nothing else', () => {
  expect(vendorMime('Image/PNG')).toBe('image/png');
  expect(vendorMime('text/html\r\nSet-Cookie: x')).toBeUndefined();
});
