import { useEffect, useRef, type ReactNode } from 'react';
import { Button, Dialog } from '@strapi/design-system';
import { WarningCircle } from '@strapi/icons';
import { useBlocker } from 'react-router-dom';
import { useT, type MessageKey } from './use-t';

/** What is asked, where it is something other than edits that would be lost. */
export interface GuardWords {
  title: MessageKey;
  question: MessageKey;
  leave: MessageKey;
}

const wordsOfEdits: GuardWords = {
  title: 'unsaved.title',
  question: 'unsaved.question',
  leave: 'unsaved.leave',
};

/**
 * Asks before edits are left behind, by a link as by closing the window. Put `dialog` on the page; call `release()` before leaving
 * on purpose, once all is saved or what was edited is gone. Moving within the page (its query, its hash) is not leaving.
 */
export function useUnsavedGuard(
  dirty: boolean,
  words: GuardWords = wordsOfEdits,
): { dialog: ReactNode; release: () => void } {
  const t = useT();
  const released = useRef(false);
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) =>
      dirty && !released.current && currentLocation.pathname !== nextLocation.pathname,
  );

  useEffect(() => {
    if (!dirty) return;
    const ask = (event: BeforeUnloadEvent) => {
      if (!released.current) event.preventDefault();
    };
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [dirty]);

  const dialog = blocker.state === 'blocked' && (
    <Dialog.Root open onOpenChange={(open) => !open && blocker.reset()}>
      <Dialog.Content>
        <Dialog.Header>{t(words.title)}</Dialog.Header>
        <Dialog.Body icon={<WarningCircle fill="danger600" aria-hidden />}>{t(words.question)}</Dialog.Body>
        <Dialog.Footer>
          <Button variant="tertiary" fullWidth onClick={() => blocker.reset()}>
            {t('unsaved.stay')}
          </Button>
          <Button variant="danger-light" fullWidth onClick={() => blocker.proceed()}>
            {t(words.leave)}
          </Button>
        </Dialog.Footer>
      </Dialog.Content>
    </Dialog.Root>
  );
  const release = () => {
    released.current = true;
  };
  return { dialog, release };
}
