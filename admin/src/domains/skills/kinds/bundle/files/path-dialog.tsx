import { useState, type FormEvent } from 'react';
import { Button, Field, Modal, TextInput } from '@strapi/design-system';
import type { VersionFile } from 'strapi-plugin-skills-shared/contracts';
import { toFailure } from '../../../../../http/api-failure';
import { useT } from '../../../../../ui/use-t';
import { useReturnFocus } from '../../../../../ui/use-return-focus';
import { pathProblem } from './file-tree';

interface PathDialogProps {
  title: string;
  confirmLabel: string;
  initialPath: string;
  files: readonly VersionFile[];
  /** The file or folder that is renamed or moved. */
  moved?: string;
  /** Rejects when the server refuses; the dialog then stays open and says why. */
  onConfirm: (path: string) => Promise<void>;
  onClose: () => void;
}

/** Asks for a path inside the bundle: a new file's, or the new place of one that is there. */
export function PathDialog({
  title,
  confirmLabel,
  initialPath,
  files,
  moved,
  onConfirm,
  onClose,
}: PathDialogProps) {
  const t = useT();
  const returnFocus = useReturnFocus();
  const [path, setPath] = useState(initialPath);
  const [refusal, setRefusal] = useState<string>();
  const [busy, setBusy] = useState(false);
  const problem = pathProblem(path, files, moved);
  const untouched = path === initialPath;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      await onConfirm(path.trim());
      onClose();
    } catch (error) {
      setRefusal(toFailure(error).message);
      setBusy(false);
    }
  };

  return (
    <Modal.Root open onOpenChange={(open) => !open && onClose()}>
      <Modal.Content onCloseAutoFocus={returnFocus}>
        <form onSubmit={submit}>
          <Modal.Header closeLabel={t('common.close')}>
            <Modal.Title>{title}</Modal.Title>
          </Modal.Header>
          <Modal.Body>
            <Field.Root
              name="path"
              required
              hint={t('files.path-hint')}
              error={refusal ?? (problem && !untouched ? t(`files.path-${problem}`) : undefined)}
            >
              <Field.Label>{t('files.path')}</Field.Label>
              <TextInput
                value={path}
                autoFocus
                autoComplete="off"
                spellCheck={false}
                onChange={(event) => {
                  setPath(event.target.value);
                  setRefusal(undefined);
                }}
              />
              <Field.Error />
              <Field.Hint />
            </Field.Root>
          </Modal.Body>
          <Modal.Footer>
            <Button variant="tertiary" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button
              type="submit"
              loading={busy}
              disabled={Boolean(problem) || (moved !== undefined && untouched)}
            >
              {confirmLabel}
            </Button>
          </Modal.Footer>
        </form>
      </Modal.Content>
    </Modal.Root>
  );
}
