import { useCallback, useEffect, useState } from 'react';
import { Box, Button, Flex, Typography } from '@strapi/design-system';
import { useNavigate, useParams } from 'react-router-dom';
import { styled } from 'styled-components';
import type { Finding, VersionFile } from 'strapi-plugin-skills-shared/contracts';
import { escapePath } from '../../../../../http/skills-api';
import { contentKind } from '../../../../../ui/content-kind';
import { useT } from '../../../../../ui/use-t';
import { useWorkspace } from '../../../workspace/workspace-context';
import type { SaveState } from './autosave';
import { BinaryFile } from './binary-file';
import { FileTools } from './file-tools';
import { foldersAbove } from './file-tree';
import { FileTreeView } from './file-tree-view';
import { SaveIndicator } from './save-indicator';
import { TextFile } from './text-file';

/** Larger texts are looked at and downloaded, not edited: 2 MiB. */
const editableBytes = 2 * 1024 ** 2;

const Split = styled.div`
  display: grid;
  grid-template-columns: minmax(0, 1fr);
  border: 1px solid ${({ theme }) => theme.colors.neutral200};
  border-radius: ${({ theme }) => theme.borderRadius};
  background: ${({ theme }) => theme.colors.neutral0};
  overflow: hidden;
  ${({ theme }) => theme.breakpoints.medium} {
    grid-template-columns: 28rem minmax(0, 1fr);
    height: max(44rem, calc(100vh - 30rem));
  }
`;

const Side = styled.div`
  display: flex;
  flex-direction: column;
  min-height: 0;
  max-height: 32rem;
  border-bottom: 1px solid ${({ theme }) => theme.colors.neutral200};
  ${({ theme }) => theme.breakpoints.medium} {
    max-height: none;
    border-bottom: none;
    border-right: 1px solid ${({ theme }) => theme.colors.neutral200};
  }
`;

/** The bundle's files: a tree beside an editor. Which file is open stands in the URL. */
export function FilesTab() {
  const t = useT();
  const navigate = useNavigate();
  const { skill, content, editable } = useWorkspace();
  const path = useParams()['*'] ?? '';
  const [selected, setSelected] = useState({ path, isFolder: false });
  const [open, setOpen] = useState<ReadonlySet<string>>(() => new Set(foldersAbove(path)));
  const [save, setSave] = useState<SaveState>({ status: 'saved' });
  const file = content.files.find((other) => other.path === path);

  const show = useCallback(
    (next: string, line?: number) => {
      const address = `/plugins/skills/skills/${skill.id}/files/${escapePath(next)}`;
      navigate(line ? `${address}?line=${line}` : address);
    },
    [navigate, skill.id],
  );

  useEffect(() => {
    setSave({ status: 'saved' });
    setSelected({ path, isFolder: false });
    setOpen((all) => new Set([...all, ...foldersAbove(path)]));
  }, [path]);

  useEffect(() => {
    const first = content.files.find((other) => other.path.toLowerCase() === 'skill.md') ?? content.files[0];
    if (path === '' && first) navigate(escapePath(first.path), { replace: true });
  }, [path, content.files, navigate]);

  const toggle = (folder: string, isOpen: boolean) =>
    setOpen((all) => new Set(isOpen ? [...all, folder] : [...all].filter((other) => other !== folder)));

  return (
    <Split>
      <Side>
        <Flex justifyContent="space-between" padding={2} gap={2} wrap="wrap">
          <Typography variant="pi" textColor="neutral600" paddingLeft={2}>
            {t('files.count', { count: content.files.length })}
          </Typography>
          {editable && <FileTools selected={selected.path} isFolder={selected.isFolder} onOpen={show} />}
        </Flex>
        <Box overflow="auto" flex="1" minHeight={0} padding={2}>
          <FileTreeView
            files={content.files}
            findings={content.findings}
            open={open}
            onToggle={toggle}
            selected={selected.path}
            onSelect={(next, isFolder) => (isFolder ? setSelected({ path: next, isFolder }) : show(next))}
          />
        </Box>
      </Side>
      <Flex direction="column" alignItems="stretch" minHeight="44rem" minWidth={0}>
        <Flex justifyContent="space-between" gap={3} padding={3} wrap="wrap" minHeight="5.6rem">
          <Typography fontWeight="semiBold" style={{ overflowWrap: 'anywhere' }}>
            {path}
          </Typography>
          {file &&
            (editable ? (
              <SaveIndicator state={save} />
            ) : (
              <Typography variant="pi">{t('files.read-only')}</Typography>
            ))}
        </Flex>
        <Box flex="1" minHeight={0}>
          {file ? <OpenFile key={path} file={file} onState={setSave} /> : <Missing path={path} />}
        </Box>
        <FileFindings
          findings={content.findings.filter((finding) => finding.file === path)}
          onJump={(line) => show(path, line)}
        />
      </Flex>
    </Split>
  );
}

function OpenFile({ file, onState }: { file: VersionFile; onState: (state: SaveState) => void }) {
  const isText = file.size <= editableBytes && contentKind(file.path) !== 'image';
  return isText ? <TextFile file={file} onState={onState} /> : <BinaryFile file={file} />;
}

function Missing({ path }: { path: string }) {
  const t = useT();
  return (
    <Box padding={6}>
      <Typography textColor="neutral600">
        {path === '' ? t('files.none') : t('files.missing', { path })}
      </Typography>
    </Box>
  );
}

/** What validation says about the open file, below it; a click goes to the line. */
function FileFindings({ findings, onJump }: { findings: Finding[]; onJump: (line: number) => void }) {
  const t = useT();
  if (findings.length === 0) return null;
  return (
    <Box
      tag="ul"
      maxHeight="14rem"
      overflow="auto"
      padding={2}
      background="neutral100"
      aria-label={t('findings.title')}
    >
      {findings.map(({ code, message, line, severity }, index) => (
        <Flex tag="li" key={`${code}-${index}`} gap={2} padding={1} alignItems="baseline">
          {line && (
            <Button size="S" variant="ghost" onClick={() => onJump(line)}>
              {t('findings.line', { line })}
            </Button>
          )}
          <Typography variant="pi" textColor={severity === 'error' ? 'danger600' : 'warning700'}>
            {message}
          </Typography>
        </Flex>
      ))}
    </Box>
  );
}
