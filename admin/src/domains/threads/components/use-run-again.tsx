import { useState, type ReactNode, type RefObject } from 'react';
import { Button, Dialog } from '@strapi/design-system';
import { WarningCircle } from '@strapi/icons';
import type { Run } from 'strapi-plugin-skills-shared/contracts';
import { useT } from '../../../ui/use-t';
import { composedAgain, replaces, type ComposedAgain } from './run-again';
import type { ComposerState } from './use-composer';

/** Puts what a run was asked back into the composer; asks first where that replaces what somebody has written. Put `dialog` on the page. */
export function useRunAgain(
  composer: ComposerState,
  field: RefObject<HTMLTextAreaElement>,
): { runAgain: (run: Run) => void; dialog: ReactNode } {
  const t = useT();
  const [asked, setAsked] = useState<ComposedAgain>();
  const take = ({ draft, options, choice }: ComposedAgain) => {
    setAsked(undefined);
    composer.setDraft(draft);
    composer.setOptions(options);
    if (choice) composer.setChoice(choice);
    field.current?.focus();
  };
  const runAgain = (run: Run) => {
    const next = composedAgain(run);
    if (replaces(composer, next)) setAsked(next);
    else take(next);
  };
  const dialog = asked && (
    <Dialog.Root open onOpenChange={(open) => !open && setAsked(undefined)}>
      <Dialog.Content
        onCloseAutoFocus={(event) => {
          event.preventDefault();
          field.current?.focus();
        }}
      >
        <Dialog.Header>{t('tester.replace-title')}</Dialog.Header>
        <Dialog.Body icon={<WarningCircle fill="danger600" aria-hidden />}>
          {t('tester.replace-question')}
        </Dialog.Body>
        <Dialog.Footer>
          <Button variant="tertiary" fullWidth onClick={() => setAsked(undefined)}>
            {t('common.cancel')}
          </Button>
          <Button variant="danger-light" fullWidth onClick={() => take(asked)}>
            {t('tester.replace')}
          </Button>
        </Dialog.Footer>
      </Dialog.Content>
    </Dialog.Root>
  );
  return { runAgain, dialog };
}
