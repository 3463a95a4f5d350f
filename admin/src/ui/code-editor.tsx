import { useEffect, useRef } from 'react';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { bracketMatching, foldGutter, foldKeymap, indentOnInput } from '@codemirror/language';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { Compartment, EditorState } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { useTheme } from 'styled-components';
import { loadLanguage } from './editor-language';
import { editorTheme } from './editor-theme';

interface CodeEditorProps {
  /** Which document this is: another one, or the same one reloaded, makes a new editor with a new undo history. */
  documentKey: string;
  path: string;
  initialText: string;
  readOnly: boolean;
  /** Read to screen readers. */
  label: string;
  /** Counts from 1; moves there when it changes. */
  line?: number;
  onChange: (text: string) => void;
  onSave?: () => void;
}

/** CodeMirror, uncontrolled: it owns the text and tells changes. Tab indents; Escape, then Tab, leaves it. */
export function CodeEditor(props: CodeEditorProps) {
  const { documentKey, path, readOnly, label, line } = props;
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>();
  const theme = useTheme();
  const newest = useRef(props);
  newest.current = props;
  const parts = useRef({
    theme: new Compartment(),
    language: new Compartment(),
    readOnly: new Compartment(),
  });

  useEffect(() => {
    if (!host.current) return;
    const compartments = parts.current;
    const editor = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: newest.current.initialText,
        extensions: [
          lineNumbers(),
          foldGutter(),
          history(),
          drawSelection(),
          indentOnInput(),
          bracketMatching(),
          highlightActiveLine(),
          highlightActiveLineGutter(),
          highlightSelectionMatches(),
          EditorView.lineWrapping,
          keymap.of([
            { key: 'Mod-s', preventDefault: true, run: () => (newest.current.onSave?.(), true) },
            ...defaultKeymap,
            ...historyKeymap,
            ...searchKeymap,
            ...foldKeymap,
            indentWithTab,
          ]),
          // Line ends as they are: an editor that mends them would change every line of a file with CRLF.
          EditorState.lineSeparator.of(lineSeparatorOf(newest.current.initialText)),
          EditorView.contentAttributes.of({ 'aria-label': label }),
          compartments.theme.of([]),
          compartments.language.of([]),
          compartments.readOnly.of(EditorState.readOnly.of(newest.current.readOnly)),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) newest.current.onChange(update.state.sliceDoc());
          }),
        ],
      }),
    });
    view.current = editor;
    let left = false;
    loadLanguage(path)
      .then((language) => {
        if (!left) editor.dispatch({ effects: compartments.language.reconfigure(language) });
      })
      .catch(() => undefined); // Without colours it edits just as well.
    return () => {
      left = true;
      editor.destroy();
      view.current = undefined;
    };
  }, [documentKey, path, label]);

  useEffect(() => {
    view.current?.dispatch({ effects: parts.current.theme.reconfigure(editorTheme(theme)) });
  }, [theme, documentKey, path, label]);

  useEffect(() => {
    view.current?.dispatch({
      effects: parts.current.readOnly.reconfigure(EditorState.readOnly.of(readOnly)),
    });
  }, [readOnly]);

  useEffect(() => {
    const editor = view.current;
    if (!editor || !line) return;
    const { from } = editor.state.doc.line(Math.min(Math.max(1, line), editor.state.doc.lines));
    editor.dispatch({
      selection: { anchor: from },
      effects: EditorView.scrollIntoView(from, { y: 'center' }),
    });
    editor.focus();
  }, [line, documentKey]);

  return <div ref={host} style={{ height: '100%', minHeight: 0, overflow: 'hidden' }} />;
}

/** The document's own line separator; mixed ones are kept by treating LF as the separator and CR as text. */
function lineSeparatorOf(text: string): string {
  const all = text.match(/\n/g)?.length ?? 0;
  const crlf = text.match(/\r\n/g)?.length ?? 0;
  return all > 0 && crlf === all ? '\r\n' : '\n';
}
