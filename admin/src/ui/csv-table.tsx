import { useMemo } from 'react';
import { Box, Typography } from '@strapi/design-system';
import { styled } from 'styled-components';
import { csvLimits, readCsv } from './csv';
import { useT } from './use-t';

const Grid = styled.table`
  border-collapse: collapse;
  font-size: 1.3rem;
  color: ${({ theme }) => theme.colors.neutral800};
  th,
  td {
    padding: 0.4rem 1rem;
    border: 1px solid ${({ theme }) => theme.colors.neutral200};
    text-align: left;
    white-space: pre;
  }
  th {
    position: sticky;
    top: 0;
    font-weight: 600;
    background: ${({ theme }) => theme.colors.neutral100};
  }
`;

export function CsvTable({ text, label }: { text: string; label: string }) {
  const t = useT();
  const table = useMemo(() => readCsv(text), [text]);
  if (table.header.length === 0) return <Typography textColor="neutral600">{t('preview.empty')}</Typography>;
  return (
    <>
      <Box overflow="auto" maxHeight="48rem" tabIndex={0} role="region" aria-label={label}>
        <Grid>
          <thead>
            <tr>
              {table.header.map((cell, column) => (
                <th key={column} scope="col">
                  {cell}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.map((row, index) => (
              <tr key={index}>
                {row.map((cell, column) => (
                  <td key={column}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </Grid>
      </Box>
      {(table.cutRows || table.cutColumns) && (
        <Typography variant="pi" textColor="neutral600" paddingTop={2} tag="p">
          {t('preview.csv-cut', { rows: csvLimits.rows, columns: csvLimits.columns })}
        </Typography>
      )}
    </>
  );
}
