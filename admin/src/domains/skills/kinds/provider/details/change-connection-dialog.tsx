import { useState } from 'react';
import { Button, Flex, Modal, Typography } from '@strapi/design-system';
import { ChoiceField } from '../../../../../forms/choice-field';
import { Failed } from '../../../../../ui/failed';
import { Loading } from '../../../../../ui/loading';
import { useReturnFocus } from '../../../../../ui/use-return-focus';
import { useT } from '../../../../../ui/use-t';
import { useListSkillTypesQuery } from '../api';
import { TypeFailures } from '../type-failures';

interface ChangeConnectionDialogProps {
  skillType: string;
  current: string;
  onChoose: (connection: string) => void;
  onClose: () => void;
}

/** Binds a skill to another connection that offers its type, after saying that its settings begin anew. */
export function ChangeConnectionDialog({
  skillType,
  current,
  onChoose,
  onClose,
}: ChangeConnectionDialogProps) {
  const t = useT();
  const returnFocus = useReturnFocus();
  const [chosen, setChosen] = useState<string | null>(null);
  const { data, error, isFetching, refetch } = useListSkillTypesQuery({});
  const connections = (data?.types ?? [])
    .filter((type) => type.skillTypeId === skillType && type.connection.id !== current)
    .map(({ connection }) => connection);
  return (
    <Modal.Root open onOpenChange={(open) => !open && onClose()}>
      <Modal.Content onCloseAutoFocus={returnFocus}>
        <Modal.Header closeLabel={t('common.close')}>
          <Modal.Title>{t('provider-skill.change-connection')}</Modal.Title>
        </Modal.Header>
        <Modal.Body>
          <Flex direction="column" alignItems="stretch" gap={4}>
            <Typography>{t('provider-skill.change-warning')}</Typography>
            <TypeFailures failures={data?.failures ?? []} busy={isFetching} onRetry={() => void refetch()} />
            {error && !data ? (
              <Failed error={error} onRetry={() => void refetch()} />
            ) : !data ? (
              <Loading />
            ) : connections.length === 0 ? (
              <Typography textColor="neutral600">{t('provider-skill.no-other-connection')}</Typography>
            ) : (
              <ChoiceField
                name="connection"
                label={t('skill.connection')}
                value={chosen}
                choices={connections.map(({ id, name, provider }) => ({
                  value: id,
                  label: `${name} (${provider.displayName})`,
                }))}
                onChange={setChosen}
              />
            )}
          </Flex>
        </Modal.Body>
        <Modal.Footer>
          <Button variant="tertiary" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button
            variant="danger-light"
            disabled={chosen === null}
            onClick={() => chosen !== null && onChoose(chosen)}
          >
            {t('provider-skill.change-confirm')}
          </Button>
        </Modal.Footer>
      </Modal.Content>
    </Modal.Root>
  );
}
