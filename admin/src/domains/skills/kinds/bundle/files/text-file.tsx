import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { Box, Button, Flex, Typography } from '@strapi/design-system';
import { useSearchParams } from 'react-router-dom';
import type { VersionFile } from 'strapi-plugin-skills-shared/contracts';
import { codeOf, toFailure } from '../../../../../http/api-failure';
import { Failed } from '../../../../../ui/failed';
import { Loading } from '../../../../../ui/loading';
import { useT } from '../../../../../ui/use-t';
import { useContentEdits } from '../../../workspace/use-content-edits';
import { useWorkspace } from '../../../workspace/workspace-context';
import { createAutosave, type SaveState } from './autosave';
import { BinaryFile } from './binary-file';
import { useFileContent } from './use-file-content';

const CodeEditor = lazy(async () => ({
  default: (await import('../../../../../ui/code-editor')).CodeEditor,
}));

/** Time after the last key until the file is saved. */
const saveDelayMs = 800;

interface TextFileProps {
  file: VersionFile;
  onState: (state: SaveState) => void;
}

/** A file in the editor, saved as it is typed. What is no text after all is shown as binary. */
export function TextFile({ file, onState }: TextFileProps) {
  const { path } = file;
  const t = useT();
  const { content: version, editable } = useWorkspace();
  const edits = useContentEdits();
  const [search] = useSearchParams();
  const { content, reload } = useFileContent(version.id, path);
  const [failure, setFailure] = useState<unknown>();
  const newest = useRef({ edits, onState, file });
  newest.current = { edits, onState, file };

  /** The digest that our own text has on the server; another one there is somebody else's edit. */
  const ownDigest = useRef(file.digest);
  const [autosave] = useState(() =>
    createAutosave({
      delayMs: saveDelayMs,
      save: async (text) => {
        const after = await newest.current.edits.put(path, new Blob([text]));
        ownDigest.current = after.files.find((other) => other.path === path)?.digest ?? '';
      },
      onState: (state) => {
        setFailure(state.status === 'failed' ? state.error : undefined);
        newest.current.onState(state);
      },
    }),
  );

  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (autosave.hasUnsaved()) event.preventDefault();
    };
    window.addEventListener('beforeunload', warn);
    return () => {
      window.removeEventListener('beforeunload', warn);
      void autosave.flush();
    };
  }, [autosave]);

  useEffect(() => {
    if (file.digest === ownDigest.current || autosave.hasUnsaved()) return;
    ownDigest.current = file.digest;
    reload();
  }, [file.digest, autosave, reload]);

  if (content.status === 'failed') return <Failed error={content.error} onRetry={reload} />;
  if (content.status === 'loading') return <Loading />;
  if (content.text === undefined) return <BinaryFile file={file} />;

  const takeTheirs = () => {
    autosave.discard();
    ownDigest.current = newest.current.file.digest;
    reload();
  };
  return (
    <Flex direction="column" alignItems="stretch" height="100%">
      {failure !== undefined && (
        <SaveFailure error={failure} onKeep={() => void autosave.retry()} onTakeTheirs={takeTheirs} />
      )}
      <Box flex="1" minHeight={0}>
        <Suspense fallback={<Loading />}>
          <CodeEditor
            documentKey={`${path}#${content.load}`}
            path={path}
            initialText={content.text}
            readOnly={!editable}
            label={t(editable ? 'files.editor' : 'files.editor-read-only', { path })}
            line={Number(search.get('line')) || undefined}
            onChange={autosave.change}
            onSave={() => void autosave.flush()}
          />
        </Suspense>
      </Box>
    </Flex>
  );
}

interface SaveFailureProps {
  error: unknown;
  onKeep: () => void;
  onTakeTheirs: () => void;
}

/** Why it is not saved. When somebody else has changed the file, the choice whose text stays. */
function SaveFailure({ error, onKeep, onTakeTheirs }: SaveFailureProps) {
  const t = useT();
  const conflict = codeOf(error) === 'stale-revision';
  return (
    <Flex role="alert" background={conflict ? 'warning100' : 'danger100'} padding={3} gap={3} wrap="wrap">
      <Box flex="1" minWidth="20rem">
        <Typography textColor="neutral800">
          {conflict ? t('save.conflict') : toFailure(error).message}
        </Typography>
      </Box>
      {conflict && (
        <Button size="S" variant="secondary" onClick={onTakeTheirs}>
          {t('save.take-theirs')}
        </Button>
      )}
      <Button size="S" variant={conflict ? 'danger-light' : 'secondary'} onClick={onKeep}>
        {t(conflict ? 'save.keep-mine' : 'common.retry')}
      </Button>
    </Flex>
  );
}
