import { useState, type FormEvent } from 'react';
import { Button, Flex, LinkButton, Modal, Typography } from '@strapi/design-system';
import { CloudUpload, Plus } from '@strapi/icons';
import { Link } from 'react-router-dom';
import { ChoiceField } from '../../../../../forms/choice-field';
import { toFailure } from '../../../../../http/api-failure';
import { Failed } from '../../../../../ui/failed';
import { Loading } from '../../../../../ui/loading';
import { useReturnFocus } from '../../../../../ui/use-return-focus';
import { useT } from '../../../../../ui/use-t';
import { useListConnectionsQuery } from '../../../../connections';
import { useWorkspace } from '../../../workspace/workspace-context';
import { usePlaceMutation } from './api';

/** Publishes the current version to a provider that hosts bundles. */
export function PlaceDialog({ onClose }: { onClose: () => void }) {
  const t = useT();
  const returnFocus = useReturnFocus();
  const { skill, content, allowed } = useWorkspace();
  const [chosen, setChosen] = useState<string | null>(null);
  const { data, error, refetch } = useListConnectionsQuery(
    { feature: 'hosted-skills', active: 'true', pageSize: 100 },
    { skip: !allowed.readConnections },
  );
  const [place, { isLoading, error: refusal }] = usePlaceMutation();
  const connections = (data?.data ?? []).filter(({ provider }) => provider.installed);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (chosen === null) return;
    const placement = { connection: chosen, version: content.number };
    const result = await place({ skillId: skill.id, placement });
    if (!('error' in result)) onClose();
  };

  return (
    <Modal.Root open onOpenChange={(open) => !open && onClose()}>
      <Modal.Content onCloseAutoFocus={returnFocus}>
        <form onSubmit={submit}>
          <Modal.Header closeLabel={t('common.close')}>
            <Modal.Title>{t('placements.publish-title', { number: content.number })}</Modal.Title>
          </Modal.Header>
          <Modal.Body>
            <Flex direction="column" alignItems="stretch" gap={4}>
              <Typography>{t('placements.publish-what')}</Typography>
              {!allowed.readConnections ? (
                <Typography textColor="neutral600">{t('placements.may-not-see')}</Typography>
              ) : error && !data ? (
                <Failed error={error} onRetry={() => void refetch()} />
              ) : !data ? (
                <Loading />
              ) : connections.length === 0 ? (
                <Flex direction="column" alignItems="flex-start" gap={3}>
                  <Typography textColor="neutral600">{t('placements.no-connections')}</Typography>
                  {allowed.createConnections && (
                    <LinkButton
                      tag={Link}
                      to="/plugins/skills/connections/new"
                      variant="secondary"
                      startIcon={<Plus />}
                    >
                      {t('new-skill.add-connection')}
                    </LinkButton>
                  )}
                </Flex>
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
              {refusal && (
                <Typography textColor="danger600" role="alert" style={{ overflowWrap: 'anywhere' }}>
                  {toFailure(refusal).message}
                </Typography>
              )}
            </Flex>
          </Modal.Body>
          <Modal.Footer>
            <Button variant="tertiary" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" startIcon={<CloudUpload />} disabled={chosen === null} loading={isLoading}>
              {t('placements.publish')}
            </Button>
          </Modal.Footer>
        </form>
      </Modal.Content>
    </Modal.Root>
  );
}
