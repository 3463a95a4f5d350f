import { lazy, memo, Suspense, useMemo } from 'react';
import { Box, Typography } from '@strapi/design-system';
import { markdownChunks } from './markdown-chunks';

const Markdown = lazy(() => import('../../../ui/markdown').then((module) => ({ default: module.Markdown })));

/** Drawn again only when its own text changes. */
const Chunk = memo(function Chunk({ text }: { text: string }) {
  return (
    <Suspense fallback={<Typography style={{ whiteSpace: 'pre-wrap' }}>{text}</Typography>}>
      <Markdown text={text} />
    </Suspense>
  );
});

/** Markdown that may still be growing at its end: however long it is, only its last part is drawn again. */
export function GrowingMarkdown({ text }: { text: string }) {
  const chunks = useMemo(() => markdownChunks(text), [text]);
  return (
    <Box minWidth={0}>
      {chunks.map((chunk, index) => (
        <Chunk key={index} text={chunk} />
      ))}
    </Box>
  );
}
