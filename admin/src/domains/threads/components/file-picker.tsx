import { useRef } from 'react';
import { Box, Button, Field, Flex, Tag } from '@strapi/design-system';
import { Cross, Paperclip } from '@strapi/icons';
import { useIntl } from 'react-intl';
import { formatBytes } from '../../../ui/format';
import { useT } from '../../../ui/use-t';

interface FilePickerProps {
  files: readonly File[];
  error: string | undefined;
  onChange: (files: readonly File[]) => void;
}

/** Files that the agent finds in its input folder, under the names that they have. */
export function FilePicker({ files, error, onChange }: FilePickerProps) {
  const t = useT();
  const { locale } = useIntl();
  const input = useRef<HTMLInputElement>(null);
  const add = (list: FileList | null) => {
    const added = [...(list ?? [])];
    // One name is one file there: the later one is meant.
    const kept = files.filter(({ name }) => added.every((file) => file.name !== name));
    onChange([...kept, ...added]);
  };
  return (
    <Field.Root name="files" error={error} hint={t('tester.files-hint')}>
      <Field.Label>{t('tester.files')}</Field.Label>
      <Box>
        <Button variant="tertiary" size="S" startIcon={<Paperclip />} onClick={() => input.current?.click()}>
          {t('tester.files-add')}
        </Button>
        <input
          ref={input}
          type="file"
          multiple
          hidden
          aria-label={t('tester.files')}
          onChange={(event) => {
            add(event.target.files);
            // The same file may be chosen again after it was taken away.
            event.target.value = '';
          }}
        />
      </Box>
      {files.length > 0 && (
        <Flex gap={1} wrap="wrap" paddingTop={1}>
          {files.map((file) => (
            <Tag
              key={file.name}
              icon={<Cross aria-hidden />}
              label={t('form.remove', { name: file.name })}
              onClick={() => onChange(files.filter((other) => other !== file))}
            >
              {`${file.name} · ${formatBytes(file.size, locale)}`}
            </Tag>
          ))}
        </Flex>
      )}
      <Field.Error />
      <Field.Hint />
    </Field.Root>
  );
}
