import { useEffect, useRef } from 'react';
import { Box, Typography } from '@strapi/design-system';
import { unifiedMergeView } from '@codemirror/merge';
import { EditorState } from '@codemirror/state';
import { EditorView, lineNumbers } from '@codemirror/view';
import { useTheme } from 'styled-components';
import { loadLanguage } from './editor-language';
import { editorTheme } from './editor-theme';
import { comparedCharacters } from './shown-length';
import { useT } from './use-t';

interface TextDiffProps {
  before: string;
  after: string;
  /** Names the language. */
  path: string;
  label: string;
}

/** What changed between two texts, in one column. */
export function TextDiff({ before, after, path, label }: TextDiffProps) {
  const t = useT();
  const theme = useTheme();
  const host = useRef<HTMLDivElement>(null);
  const tooLong = before.length + after.length > comparedCharacters;

  useEffect(() => {
    if (!host.current || tooLong) return;
    const parent = host.current;
    let view: EditorView | undefined;
    let left = false;
    const show = (language: Awaited<ReturnType<typeof loadLanguage>>) => {
      if (left) return;
      view = new EditorView({
        parent,
        state: EditorState.create({
          doc: after,
          extensions: [
            lineNumbers(),
            EditorView.lineWrapping,
            EditorState.readOnly.of(true),
            EditorView.editable.of(false),
            EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
            editorTheme(theme),
            language,
            unifiedMergeView({
              original: before,
              mergeControls: false,
              gutter: true,
              collapseUnchanged: { margin: 3, minSize: 6 },
              diffConfig: { scanLimit: 2_000, timeout: 500 },
            }),
          ],
        }),
      });
    };
    // Without colours it compares just as well.
    loadLanguage(path).then(show, () => show([]));
    return () => {
      left = true;
      view?.destroy();
    };
  }, [before, after, path, label, theme, tooLong]);

  if (tooLong) return <Typography textColor="neutral600">{t('diff.too-long')}</Typography>;
  return (
    <Box borderColor="neutral200" hasRadius overflow="auto" maxHeight="48rem" minWidth={0}>
      <div ref={host} />
    </Box>
  );
}
