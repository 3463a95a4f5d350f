import { Button, Flex, Typography } from '@strapi/design-system';
import { Magic, Plus, Upload } from '@strapi/icons';
import { EmptyState } from '../../../ui/empty-state';
import { useT } from '../../../ui/use-t';

interface NewcomerProps {
  mayCreate: boolean;
  onNew: () => void;
  onImport: () => void;
}

/** What stands here before there is any skill: what a skill is, and the first step. */
export function Newcomer({ mayCreate, onNew, onImport }: NewcomerProps) {
  const t = useT();
  const steps = ['newcomer.step-1', 'newcomer.step-2', 'newcomer.step-3'] as const;
  return (
    <EmptyState Icon={Magic} title={t('newcomer.title')} what={t('newcomer.what')}>
      {mayCreate ? (
        <>
          <Flex tag="ol" direction="column" alignItems="flex-start" gap={2}>
            {steps.map((step, index) => (
              <Flex key={step} tag="li" gap={3} alignItems="baseline">
                <Typography fontWeight="bold" textColor="primary600" aria-hidden>
                  {index + 1}
                </Typography>
                <Typography>{t(step)}</Typography>
              </Flex>
            ))}
          </Flex>
          <Flex gap={3} wrap="wrap" justifyContent="center">
            <Button size="L" startIcon={<Plus />} onClick={onNew}>
              {t('skills.new')}
            </Button>
            <Button size="L" variant="secondary" startIcon={<Upload />} onClick={onImport}>
              {t('skills.import')}
            </Button>
          </Flex>
        </>
      ) : (
        <Typography textColor="neutral600">{t('newcomer.may-not')}</Typography>
      )}
    </EmptyState>
  );
}
