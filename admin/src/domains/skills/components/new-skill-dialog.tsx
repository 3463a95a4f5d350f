import { Flex, Modal, Typography } from '@strapi/design-system';
import { Upload } from '@strapi/icons';
import { useNavigate } from 'react-router-dom';
import { useReturnFocus } from '../../../ui/use-return-focus';
import { useT } from '../../../ui/use-t';
import { panels } from '../kinds/registry';
import { ChoiceCard } from './choice-card';

interface NewSkillDialogProps {
  onClose: () => void;
  /** A kind that is made in a dialog of its own was chosen. */
  onKind: (kind: string) => void;
  onImport: () => void;
}

/** What to make: a skill of one of the kinds, or skills out of files. */
export function NewSkillDialog({ onClose, onKind, onImport }: NewSkillDialogProps) {
  const t = useT();
  const returnFocus = useReturnFocus();
  const navigate = useNavigate();
  return (
    <Modal.Root open onOpenChange={(open) => !open && onClose()}>
      <Modal.Content onCloseAutoFocus={returnFocus}>
        <Modal.Header closeLabel={t('common.close')}>
          <Modal.Title>{t('new-skill.title')}</Modal.Title>
        </Modal.Header>
        <Modal.Body>
          <Flex direction="column" alignItems="stretch" gap={3}>
            {panels.map(({ id, making: { title, what, Icon, Page } }) => (
              <ChoiceCard
                key={id}
                icon={<Icon aria-hidden fill="primary600" width="2.4rem" height="2.4rem" />}
                title={t(title)}
                onClick={() => (Page ? navigate(`/plugins/skills/new-skill/${id}`) : onKind(id))}
              >
                <Typography textColor="neutral600">{t(what)}</Typography>
              </ChoiceCard>
            ))}
            <ChoiceCard
              icon={<Upload aria-hidden fill="primary600" width="2.4rem" height="2.4rem" />}
              title={t('new-skill.import')}
              onClick={onImport}
            >
              <Typography textColor="neutral600">{t('new-skill.import-what')}</Typography>
            </ChoiceCard>
          </Flex>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
