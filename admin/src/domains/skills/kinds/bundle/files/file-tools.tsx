import { useRef, useState } from 'react';
import { ConfirmDialog } from '@strapi/strapi/admin';
import { Dialog, Flex, IconButton } from '@strapi/design-system';
import { Pencil, Plus, Trash, Upload } from '@strapi/icons';
import { useNotify } from '../../../../../ui/use-notify';
import { useT } from '../../../../../ui/use-t';
import { useContentEdits } from '../../../workspace/use-content-edits';
import { useWorkspace } from '../../../workspace/workspace-context';
import { folderOf } from './file-tree';
import { PathDialog } from './path-dialog';

interface FileToolsProps {
  /** The file or folder that is acted on; empty for none. */
  selected: string;
  isFolder: boolean;
  /** Shows a file, or none when it is gone. */
  onOpen: (path: string) => void;
}

/** New, upload, rename or move, delete: for the file or folder that is selected in the tree. */
export function FileTools({ selected, isFolder, onOpen }: FileToolsProps) {
  const t = useT();
  const notify = useNotify();
  const { content } = useWorkspace();
  const edits = useContentEdits();
  const [dialog, setDialog] = useState<'new' | 'move' | 'delete'>();
  const input = useRef<HTMLInputElement>(null);
  const folder = isFolder ? selected : folderOf(selected);
  const inFolder = (name: string) => (folder === '' ? name : `${folder}/${name}`);
  const close = () => setDialog(undefined);

  const upload = async (files: File[]) => {
    try {
      for (const file of files) await edits.put(inFolder(file.name), file);
      notify.success(t('files.uploaded', { count: files.length }));
      if (files[0]) onOpen(inFolder(files[0].name));
    } catch (error) {
      notify.failure(error);
    }
  };
  const remove = async () => {
    const doomed = content.files.filter(({ path }) => path === selected || path.startsWith(`${selected}/`));
    try {
      for (const { path } of doomed) await edits.remove(path);
      onOpen('');
    } catch (error) {
      notify.failure(error);
    }
    close();
  };

  return (
    <Flex gap={1} role="toolbar" aria-label={t('files.tools')} wrap="wrap">
      <IconButton label={t('files.new')} onClick={() => setDialog('new')}>
        <Plus />
      </IconButton>
      <IconButton label={t('files.upload')} onClick={() => input.current?.click()}>
        <Upload />
      </IconButton>
      <IconButton label={t('files.move')} disabled={selected === ''} onClick={() => setDialog('move')}>
        <Pencil />
      </IconButton>
      <IconButton label={t('files.delete')} disabled={selected === ''} onClick={() => setDialog('delete')}>
        <Trash />
      </IconButton>
      <input
        ref={input}
        type="file"
        hidden
        multiple
        aria-label={t('files.upload')}
        onChange={({ target }) => {
          void upload([...(target.files ?? [])]);
          target.value = '';
        }}
      />
      {dialog === 'new' && (
        <PathDialog
          title={t('files.new')}
          confirmLabel={t('files.create')}
          initialPath={folder === '' ? '' : `${folder}/`}
          files={content.files}
          onConfirm={async (path) => {
            await edits.put(path, new Blob([]));
            onOpen(path);
          }}
          onClose={close}
        />
      )}
      {dialog === 'move' && (
        <PathDialog
          title={t('files.move')}
          confirmLabel={t('files.move-confirm')}
          initialPath={selected}
          files={content.files}
          moved={selected}
          onConfirm={async (path) => {
            await edits.move(selected, path);
            onOpen(isFolder ? '' : path);
          }}
          onClose={close}
        />
      )}
      <Dialog.Root open={dialog === 'delete'} onOpenChange={(open) => !open && close()}>
        <ConfirmDialog title={t('files.delete')} onConfirm={remove} variant="danger-light">
          {t(isFolder ? 'files.delete-folder-question' : 'files.delete-question', { path: selected })}
        </ConfirmDialog>
      </Dialog.Root>
    </Flex>
  );
}
