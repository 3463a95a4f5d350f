import { useState } from 'react';
import { Badge, Button, Flex, Typography } from '@strapi/design-system';
import { Pencil } from '@strapi/icons';
import { Link } from 'react-router-dom';
import type { Skill } from 'strapi-plugin-skills-shared/contracts';
import { useAllowed } from '../../../../../http/allowed';
import { useT } from '../../../../../ui/use-t';
import { ProviderIcon } from '../../../../providers';
import { useListSkillTypesQuery } from '../api';
import { ChangeConnectionDialog } from './change-connection-dialog';

interface BindingLineProps {
  skill: Skill;
  /** The connection that the form has now: perhaps not yet the stored one. */
  connection: string;
  fault?: string;
  editable: boolean;
  onChange: (connection: string) => void;
}

/** What a skill is bound to: its type, which stays, and its connection, which can be changed. */
export function BindingLine({ skill, connection, fault, editable, onChange }: BindingLineProps) {
  const t = useT();
  const allowed = useAllowed();
  const [changing, setChanging] = useState(false);
  const stored = skill.binding?.connection;
  const moved = connection !== (stored?.id ?? '') && stored !== null;
  // Another connection was chosen from this list: it is in the cache.
  const { data } = useListSkillTypesQuery({}, { skip: stored?.id === connection });
  const shown =
    stored?.id === connection
      ? stored
      : data?.types.find((type) => type.connection.id === connection)?.connection;
  return (
    <Flex direction="column" alignItems="stretch" gap={2}>
      <Flex gap={3} alignItems="flex-start" wrap="wrap">
        <ProviderIcon icon={shown?.provider.icon ?? null} />
        <Flex direction="column" alignItems="flex-start" gap={1} flex="1" minWidth="16rem">
          <Typography fontWeight="semiBold">{skill.binding?.skillTypeName ?? t('skill.no-type')}</Typography>
          <Flex gap={2} wrap="wrap">
            {shown && allowed.readConnections ? (
              <Link to={`/plugins/skills/connections/${shown.id}`} style={{ textDecoration: 'none' }}>
                <Typography textColor="primary600">{shown.name}</Typography>
              </Link>
            ) : (
              <Typography textColor="neutral600">{shown?.name ?? t('skill.no-connection')}</Typography>
            )}
            {shown && (
              <Typography variant="pi" textColor="neutral600">
                {shown.provider.displayName}
              </Typography>
            )}
            {shown && !shown.active && <Badge size="S">{t('skill.inactive')}</Badge>}
            {moved && shown && <Badge size="S">{t('save.dirty')}</Badge>}
          </Flex>
        </Flex>
        {editable && (
          <Button size="S" variant="tertiary" startIcon={<Pencil />} onClick={() => setChanging(true)}>
            {t('provider-skill.change-connection')}
          </Button>
        )}
      </Flex>
      {fault && (
        <Typography variant="pi" textColor="danger600" role="alert">
          {fault}
        </Typography>
      )}
      {changing && (
        <ChangeConnectionDialog
          skillType={skill.binding?.skillTypeId ?? ''}
          current={connection}
          onChoose={(id) => {
            setChanging(false);
            onChange(id);
          }}
          onClose={() => setChanging(false)}
        />
      )}
    </Flex>
  );
}
