import { useState } from 'react';
import { Box } from '@strapi/design-system';
import { CodeEditor } from '../../../ui/code-editor';

interface SetupEditorProps {
  label: string;
  value: string;
  readOnly: boolean;
  onChange: (value: string) => void;
}

/** The editor owns its text: it is made anew when another text is to stand in it than was typed there. */
export function SetupEditor({ label, value, readOnly, onChange }: SetupEditorProps) {
  const [shown, setShown] = useState({ text: value, generation: 0 });
  if (shown.text !== value) setShown({ text: value, generation: shown.generation + 1 });
  return (
    <Box height="20rem" borderColor="neutral200" hasRadius overflow="hidden">
      <CodeEditor
        documentKey={String(shown.generation)}
        path="setup.sh"
        initialText={value}
        readOnly={readOnly}
        label={label}
        onChange={(text) => {
          setShown((now) => ({ ...now, text }));
          onChange(text);
        }}
      />
    </Box>
  );
}
