import { CallIds } from './call-ids';

it('gives no name twice, whatever vendors say', () => {
  const ids = new CallIds();
  const said = [
    'a',
    'a',
    'a~2',
    'a',
    'a~2',
    '',
    '',
    'ü\u0000',
    'ß\n',
    'x'.repeat(500),
    `${'x'.repeat(500)}y`,
  ];
  const given = said.map((id) => ids.next(id));
  expect(given.slice(0, 7)).toEqual(['a', 'a~2', 'a~2~2', 'a~3', 'a~2~3', 'call', 'call~2']);
  expect(new Set(given).size).toBe(said.length);
  for (const id of given) expect(id).toMatch(/^[\x21-\x7e]{1,200}$/);
});

it('remembers what it gave before the run waited', () => {
  const ids = new CallIds();
  ids.next('a');
  expect(new CallIds(ids.given()).next('a')).toBe('a~2');
});
