import { parse } from 'papaparse';

/** A table for the page, cut to what a person looks at. */
export interface CsvTable {
  header: string[];
  rows: string[][];
  /** Whether there was more than is shown. */
  cutRows: boolean;
  cutColumns: boolean;
}

/** More than this is not shown: nobody reads it there, and the page would stand still. */
export const csvLimits = { rows: 200, columns: 50, cellLength: 300 };

/** Reads CSV or TSV; the separator is found out. Short rows are filled up, so that every row has a cell for each column. */
export function readCsv(text: string, limits = csvLimits): CsvTable {
  // One row for the header, one more to know whether there are others.
  const { data } = parse<string[]>(text.replace(/^\uFEFF/, ''), {
    preview: limits.rows + 2,
    skipEmptyLines: 'greedy',
  });
  const width = Math.max(0, ...data.map((row) => row.length));
  const columns = Math.min(width, limits.columns);
  const cut = (row: string[]) =>
    Array.from({ length: columns }, (_, index) => {
      const cell = row[index] ?? '';
      return cell.length > limits.cellLength ? `${cell.slice(0, limits.cellLength)}…` : cell;
    });
  const [header = [], ...rows] = data;
  return {
    header: data.length === 0 ? [] : cut(header),
    rows: rows.slice(0, limits.rows).map(cut),
    cutRows: rows.length > limits.rows,
    cutColumns: width > limits.columns,
  };
}
