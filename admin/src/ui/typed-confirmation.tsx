import { useState, type ReactNode } from 'react';
import { Box, Button, Dialog, Field, Flex, Typography } from '@strapi/design-system';
import { Trash, WarningCircle } from '@strapi/icons';
import { useT } from './use-t';
import { useReturnFocus } from './use-return-focus';

interface TypedConfirmationProps {
  title: string;
  children: ReactNode;
  /** What must be typed before the button can be pressed. */
  expected: string;
  confirmLabel: string;
  busy: boolean;
  onConfirm: () => void;
  onClose: () => void;
}

/** A question before something that cannot be undone: its answer is typed, so that it is never a slip of the hand. */
export function TypedConfirmation(props: TypedConfirmationProps) {
  const t = useT();
  const returnFocus = useReturnFocus();
  const [typed, setTyped] = useState('');
  const matches = typed.trim() === props.expected;
  return (
    <Dialog.Root open onOpenChange={(open) => !open && props.onClose()}>
      <Dialog.Content onCloseAutoFocus={returnFocus}>
        <Dialog.Header>{props.title}</Dialog.Header>
        <Dialog.Body>
          <Flex direction="column" alignItems="stretch" gap={4} width="100%">
            <Flex justifyContent="center">
              <WarningCircle width="2.4rem" height="2.4rem" fill="danger600" aria-hidden />
            </Flex>
            <Typography textAlign="center">{props.children}</Typography>
            <Field.Root name="confirmation">
              <Box paddingBottom={1}>
                <Field.Label>{t('common.type-to-confirm', { expected: props.expected })}</Field.Label>
              </Box>
              <Field.Input
                value={typed}
                onChange={(event) => setTyped(event.target.value)}
                autoComplete="off"
              />
            </Field.Root>
          </Flex>
        </Dialog.Body>
        <Dialog.Footer>
          <Button variant="tertiary" onClick={props.onClose} fullWidth>
            {t('common.cancel')}
          </Button>
          <Button
            variant="danger-light"
            startIcon={<Trash />}
            disabled={!matches}
            loading={props.busy}
            onClick={props.onConfirm}
            fullWidth
          >
            {props.confirmLabel}
          </Button>
        </Dialog.Footer>
      </Dialog.Content>
    </Dialog.Root>
  );
}
