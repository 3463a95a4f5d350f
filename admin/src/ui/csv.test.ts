import { readCsv } from './csv';

describe('reading CSV for the page', () => {
  it('keeps quoted separators and line breaks in their cell', () => {
    expect(readCsv('a,b\n"1,5","two\nlines"\n')).toEqual({
      header: ['a', 'b'],
      rows: [['1,5', 'two\nlines']],
      cutRows: false,
      cutColumns: false,
    });
  });

  it('finds out the separator and drops a byte order mark', () => {
    expect(readCsv('\uFEFFname;age\nAnn;30\nBob;41').header).toEqual(['name', 'age']);
  });

  it('fills short rows', () => {
    expect(readCsv('a,b,c\n1\n').rows).toEqual([['1', '', '']]);
  });

  it('cuts what is too much and says so', () => {
    const text = ['h1,h2,h3', ...Array.from({ length: 5 }, (_, row) => `${row},long-cell,z`)].join('\n');
    const table = readCsv(text, { rows: 3, columns: 2, cellLength: 4 });
    expect(table.header).toEqual(['h1', 'h2']);
    expect(table.rows).toEqual([
      ['0', 'long…'],
      ['1', 'long…'],
      ['2', 'long…'],
    ]);
    expect([table.cutRows, table.cutColumns]).toEqual([true, true]);
  });

  it('says nothing is cut when the rows just fit', () => {
    expect(readCsv('h\n1\n2\n3', { rows: 3, columns: 2, cellLength: 9 }).cutRows).toBe(false);
  });

  it('gives an empty table for an empty file', () => {
    expect(readCsv('')).toEqual({ header: [], rows: [], cutRows: false, cutColumns: false });
  });
});
