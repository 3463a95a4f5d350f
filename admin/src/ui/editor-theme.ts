import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import type { DefaultTheme } from 'styled-components';

/** The editor in Strapi's colours: the same code serves light and dark, since the theme's names keep their meaning. */
export function editorTheme({ colors }: DefaultTheme): Extension {
  const look = EditorView.theme({
    '&': { height: '100%', color: colors.neutral800, backgroundColor: colors.neutral0, fontSize: '1.3rem' },
    '.cm-scroller': {
      fontFamily: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
      lineHeight: '1.6',
    },
    '.cm-gutters': { backgroundColor: colors.neutral100, color: colors.neutral500, border: 'none' },
    '.cm-activeLine': { backgroundColor: `${colors.primary600}12` },
    '.cm-activeLineGutter': { backgroundColor: colors.neutral150 },
    '.cm-cursor': { borderLeftColor: colors.neutral800 },
    '&.cm-focused': { outline: 'none' },
    '&.cm-focused .cm-selectionBackground, .cm-selectionBackground, ::selection': {
      backgroundColor: `${colors.primary500}40 !important`,
    },
    '.cm-panels': { backgroundColor: colors.neutral100, color: colors.neutral800 },
    '.cm-panels input': { color: colors.neutral800, backgroundColor: colors.neutral0 },
    '.cm-panels button': { color: colors.neutral800, background: colors.neutral150 },
  });
  const code = HighlightStyle.define([
    { tag: [tags.keyword, tags.modifier, tags.operatorKeyword], color: colors.alternative600 },
    { tag: [tags.string, tags.special(tags.string)], color: colors.success600 },
    { tag: [tags.number, tags.bool, tags.null, tags.atom], color: colors.warning600 },
    { tag: [tags.comment, tags.meta], color: colors.neutral500, fontStyle: 'italic' },
    { tag: [tags.propertyName, tags.attributeName], color: colors.primary600 },
    {
      tag: [tags.function(tags.variableName), tags.className, tags.typeName, tags.tagName],
      color: colors.secondary600,
    },
    { tag: tags.heading, color: colors.primary600, fontWeight: 'bold' },
    { tag: tags.strong, fontWeight: 'bold' },
    { tag: tags.emphasis, fontStyle: 'italic' },
    { tag: [tags.link, tags.url], color: colors.secondary600 },
    { tag: tags.invalid, color: colors.danger600 },
  ]);
  return [look, syntaxHighlighting(code)];
}
