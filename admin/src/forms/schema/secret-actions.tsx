import { Button } from '@strapi/design-system';
import { Trash } from '@strapi/icons';
import { useT } from '../../ui/use-t';

interface SecretActionsProps {
  label: string;
  /** It is cleared with the next save. */
  cleared: boolean;
  mayClear: boolean;
  onReplace: () => void;
  onClear: () => void;
  onKeep: () => void;
}

/** What may be done with a secret that is stored. */
export function SecretActions({ label, cleared, mayClear, onReplace, onClear, onKeep }: SecretActionsProps) {
  const t = useT();
  if (cleared) {
    return (
      <Button size="S" variant="tertiary" onClick={onKeep}>
        {t('common.undo')}
      </Button>
    );
  }
  return (
    <>
      <Button
        size="S"
        variant="tertiary"
        aria-label={t('schema-form.secret.replace-of', { name: label })}
        onClick={onReplace}
      >
        {t('schema-form.secret.replace')}
      </Button>
      {mayClear && (
        <Button
          size="S"
          variant="danger-light"
          startIcon={<Trash />}
          aria-label={t('schema-form.secret.clear-of', { name: label })}
          onClick={onClear}
        >
          {t('schema-form.secret.clear')}
        </Button>
      )}
    </>
  );
}
