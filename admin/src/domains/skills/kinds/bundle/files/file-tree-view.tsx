import { useMemo, useRef, type KeyboardEvent } from 'react';
import { Flex, Typography } from '@strapi/design-system';
import { ChevronDown, ChevronRight, CrossCircle, File, Folder, WarningCircle } from '@strapi/icons';
import { styled } from 'styled-components';
import type { Finding, VersionFile } from 'strapi-plugin-skills-shared/contracts';
import { useT } from '../../../../../ui/use-t';
import { buildTree, visibleRows, type TreeRow } from './file-tree';

const Row = styled.div<{ $depth: number; $selected: boolean }>`
  display: flex;
  align-items: center;
  gap: 0.6rem;
  min-height: 3.2rem;
  padding-right: 0.8rem;
  padding-left: ${({ $depth }) => 0.8 + $depth * 1.6}rem;
  border-radius: ${({ theme }) => theme.borderRadius};
  cursor: pointer;
  background: ${({ theme, $selected }) => ($selected ? theme.colors.primary100 : 'transparent')};
  &:hover {
    background: ${({ theme, $selected }) => ($selected ? theme.colors.primary100 : theme.colors.neutral100)};
  }
  &:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
    outline-offset: -2px;
  }
  svg {
    flex: none;
  }
`;

interface FileTreeViewProps {
  files: readonly VersionFile[];
  findings: readonly Finding[];
  open: ReadonlySet<string>;
  onToggle: (folder: string, open: boolean) => void;
  /** The file or folder that the tools act on. */
  selected: string;
  onSelect: (path: string, isFolder: boolean) => void;
}

/** The files in their folders: a tree for the mouse, the arrow keys and screen readers (the ARIA tree view pattern). */
export function FileTreeView({ files, findings, open, onToggle, selected, onSelect }: FileTreeViewProps) {
  const t = useT();
  const host = useRef<HTMLDivElement>(null);
  const tree = useMemo(() => buildTree(files), [files]);
  const rows = useMemo(() => visibleRows(tree, open), [tree, open]);
  const tabStop = rows.some(({ node }) => node.path === selected) ? selected : rows[0]?.node.path;

  const focusRow = (index: number) => {
    host.current
      ?.querySelectorAll<HTMLElement>('[role="treeitem"]')
      [Math.max(0, Math.min(rows.length - 1, index))]?.focus();
  };
  const choose = ({ node }: TreeRow) => {
    if (node.children) onToggle(node.path, !open.has(node.path));
    onSelect(node.path, Boolean(node.children));
  };
  const onKeyDown = (event: KeyboardEvent, index: number) => {
    const row = rows[index];
    if (!row) return;
    const { node, depth } = row;
    const isOpen = open.has(node.path);
    const keys: Record<string, () => void> = {
      ArrowDown: () => focusRow(index + 1),
      ArrowUp: () => focusRow(index - 1),
      Home: () => focusRow(0),
      End: () => focusRow(rows.length - 1),
      ArrowRight: () => (node.children && !isOpen ? onToggle(node.path, true) : focusRow(index + 1)),
      ArrowLeft: () =>
        node.children && isOpen
          ? onToggle(node.path, false)
          : focusRow(rows.slice(0, index).findLastIndex((other) => other.depth < depth)),
      Enter: () => choose(row),
      ' ': () => choose(row),
    };
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };

  return (
    <div ref={host} role="tree" aria-label={t('files.tree')}>
      {rows.map((row, index) => (
        <Row
          key={row.node.path}
          $depth={row.depth}
          $selected={row.node.path === selected}
          role="treeitem"
          aria-level={row.depth + 1}
          aria-selected={row.node.path === selected}
          aria-expanded={row.node.children ? open.has(row.node.path) : undefined}
          tabIndex={row.node.path === tabStop ? 0 : -1}
          title={row.node.path}
          onClick={() => choose(row)}
          onKeyDown={(event) => onKeyDown(event, index)}
        >
          <RowContent row={row} isOpen={open.has(row.node.path)} findings={findings} />
        </Row>
      ))}
    </div>
  );
}

function RowContent({
  row: { node },
  isOpen,
  findings,
}: {
  row: TreeRow;
  isOpen: boolean;
  findings: readonly Finding[];
}) {
  const t = useT();
  const own = findings.filter((finding) => finding.file === node.path);
  const hasError = own.some(({ severity }) => severity === 'error');
  const Chevron = isOpen ? ChevronDown : ChevronRight;
  return (
    <>
      {node.children ? (
        <Chevron width="1.2rem" fill="neutral500" aria-hidden />
      ) : (
        <span style={{ width: '1.2rem', flex: 'none' }} />
      )}
      {node.children ? (
        <Folder width="1.6rem" fill="secondary500" aria-hidden />
      ) : (
        <File width="1.6rem" fill="neutral500" aria-hidden />
      )}
      <Flex flex="1" minWidth={0}>
        <Typography ellipsis textColor="neutral800">
          {node.name}
        </Typography>
      </Flex>
      {own.length > 0 &&
        (hasError ? (
          <CrossCircle fill="danger600" role="img" aria-label={t('findings.error')} />
        ) : (
          <WarningCircle fill="warning600" role="img" aria-label={t('findings.warning')} />
        ))}
    </>
  );
}
