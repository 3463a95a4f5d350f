import { Flex, Typography } from '@strapi/design-system';
import { Check, Clock, WarningCircle } from '@strapi/icons';
import { useT } from '../../../../../ui/use-t';
import type { SaveState } from './autosave';

/** Whether the text is saved; a change is read out by screen readers. */
export function SaveIndicator({ state }: { state: SaveState }) {
  const t = useT();
  const failed = state.status === 'failed';
  const Icon = failed ? WarningCircle : state.status === 'saved' ? Check : Clock;
  return (
    <Flex gap={1} role="status" data-save-state={state.status}>
      <Icon
        fill={failed ? 'danger600' : state.status === 'saved' ? 'success600' : 'neutral500'}
        aria-hidden
      />
      <Typography variant="pi" textColor={failed ? 'danger600' : 'neutral600'}>
        {t(`save.${state.status}`)}
      </Typography>
    </Flex>
  );
}
