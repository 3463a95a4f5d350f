import { lazy, Suspense } from 'react';
import { Box, Button, Flex, Typography } from '@strapi/design-system';
import { Download } from '@strapi/icons';
import { CopyButton } from '../../../../../ui/copy-button';
import { Loading } from '../../../../../ui/loading';
import { saveBlob } from '../../../../../ui/save-blob';
import { TextBlock } from '../../../../../ui/text-block';
import { useT } from '../../../../../ui/use-t';
import { Labelled } from './labelled';
import { shownInput, type ShownInput } from './shown-input';

const TextDiff = lazy(async () => ({ default: (await import('../../../../../ui/text-diff')).TextDiff }));

/** What a tool is asked, all of it: people decide by it. */
export function ToolInput({ name, input, known = true }: { name: string; input: unknown; known?: boolean }) {
  const t = useT();
  if (!known) {
    return (
      <Typography variant="pi" textColor="neutral600">
        {t('tool.input-earlier')}
      </Typography>
    );
  }
  const shown = shownInput(name, input);
  return (
    <Flex direction="column" alignItems="stretch" gap={3} minWidth={0}>
      <Labelled
        label={t(labels[shown.kind])}
        action={<CopyButton label={t('copy.input')} text={() => copied(shown, input)} />}
      >
        <Shown shown={shown} label={t('answer.tool-input')} />
      </Labelled>
      {'rest' in shown && shown.rest !== undefined && (
        <Labelled label={t('tool.input-rest')}>
          <TextBlock text={shown.rest} label={t('tool.input-rest')} />
        </Labelled>
      )}
      {shown.cut && <WholeInput name={name} input={input} />}
    </Flex>
  );
}

const labels = {
  command: 'tool.command',
  edit: 'tool.file',
  write: 'tool.file',
  other: 'answer.tool-input',
} as const;

/** What one most likely wants of an input: the command, or the file's content; else all of it. */
function copied(shown: ShownInput, input: unknown): string {
  if (shown.kind === 'command') return shown.command;
  if (shown.kind === 'write') return shown.content;
  return wholeText(input);
}

const wholeText = (input: unknown): string =>
  typeof input === 'string' ? input : (JSON.stringify(input, null, 2) ?? 'null');

function Shown({ shown, label }: { shown: ShownInput; label: string }) {
  const t = useT();
  switch (shown.kind) {
    case 'command':
      return <TextBlock text={`$ ${shown.command}`} label={label} />;
    case 'write':
      return (
        <>
          <Path path={shown.path} />
          <TextBlock text={shown.content} label={label} />
        </>
      );
    case 'edit': {
      const { path, before, after, comparable } = shown;
      return (
        <>
          <Path path={path} />
          {comparable ? (
            <Suspense fallback={<Loading />}>
              <TextDiff before={before} after={after} path={path} label={label} />
            </Suspense>
          ) : (
            <>
              <Labelled label={t('tool.input-before')}>
                <TextBlock text={before} label={t('tool.input-before')} />
              </Labelled>
              <Labelled label={t('tool.input-after')}>
                <TextBlock text={after} label={t('tool.input-after')} />
              </Labelled>
            </>
          )}
        </>
      );
    }
    case 'other':
      return <TextBlock text={shown.text} label={label} />;
  }
}

function Path({ path }: { path: string }) {
  return (
    <Typography
      textColor="neutral800"
      style={{
        overflowWrap: 'anywhere',
        fontFamily: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
      }}
    >
      {path}
    </Typography>
  );
}

/** The way to all of an input of which the page shows only a part. */
function WholeInput({ name, input }: { name: string; input: unknown }) {
  const t = useT();
  const save = () =>
    saveBlob(new Blob([wholeText(input)], { type: 'application/json' }), `${name}-input.json`);
  return (
    <Box minWidth={0} role="note">
      <Typography tag="p" textColor="warning700" paddingBottom={2}>
        {t('tool.input-cut')}
      </Typography>
      <Button size="S" variant="secondary" startIcon={<Download />} onClick={save}>
        {t('tool.input-download')}
      </Button>
    </Box>
  );
}
