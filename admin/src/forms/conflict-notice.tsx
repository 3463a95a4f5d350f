import { useEffect, useRef } from 'react';
import { Box, Button, Flex, Typography } from '@strapi/design-system';
import { useT } from '../ui/use-t';

export interface DisputedField {
  label: string;
  /** As texts for people. */
  mine: string;
  theirs: string;
}

interface ConflictNoticeProps {
  disputed: readonly DisputedField[];
  /** The labels of what only the other has changed. */
  taken: readonly string[];
  /** Forgets what was typed. */
  onLoadTheirs: () => void;
  onKeepMine: () => void;
}

/** Tells that somebody else has changed what one is editing: what was typed is kept, and both are shown where they differ. */
export function ConflictNotice({ disputed, taken, onLoadTheirs, onKeepMine }: ConflictNoticeProps) {
  const t = useT();
  const shown = disputed.length > 0 || taken.length > 0;
  const element = useRef<HTMLDivElement>(null);
  // It may stand out of sight of the button that was pressed.
  useEffect(() => {
    if (shown) element.current?.scrollIntoView({ block: 'center' });
  }, [shown]);
  if (!shown) return null;
  return (
    <Box
      ref={element}
      role="alert"
      background="warning100"
      borderColor="warning200"
      hasRadius
      padding={4}
      minWidth={0}
    >
      <Flex direction="column" alignItems="stretch" gap={3}>
        <Typography fontWeight="semiBold" textColor="neutral800">
          {t('conflict.title')}
        </Typography>
        {taken.length > 0 && (
          <Typography textColor="neutral800">{t('conflict.taken', { fields: taken.join(', ') })}</Typography>
        )}
        {disputed.length > 0 && (
          <>
            <Typography textColor="neutral800">{t('conflict.disputed')}</Typography>
            {disputed.map(({ label, mine, theirs }) => (
              <Flex key={label} direction="column" alignItems="stretch" gap={1} minWidth={0}>
                <Typography variant="sigma" textColor="neutral700">
                  {label}
                </Typography>
                <Side name={t('conflict.mine')} text={mine} />
                <Side name={t('conflict.theirs')} text={theirs} />
              </Flex>
            ))}
          </>
        )}
        <Flex gap={2} wrap="wrap">
          <Button size="S" variant="secondary" onClick={onKeepMine}>
            {t('conflict.keep-mine')}
          </Button>
          <Button size="S" variant="tertiary" onClick={onLoadTheirs}>
            {t('conflict.load-theirs')}
          </Button>
        </Flex>
      </Flex>
    </Box>
  );
}

function Side({ name, text }: { name: string; text: string }) {
  return (
    <Typography textColor="neutral800" style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
      <Typography variant="pi" textColor="neutral600" tag="span">
        {name}:{' '}
      </Typography>
      {text === '' ? '–' : text}
    </Typography>
  );
}
