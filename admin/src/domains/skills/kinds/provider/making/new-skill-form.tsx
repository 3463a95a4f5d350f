import { useEffect, useRef, useState, type FormEvent } from 'react';
import { Badge, Box, Button, Flex, Typography } from '@strapi/design-system';
import { ArrowLeft, Check, Rocket } from '@strapi/icons';
import { useNavigate } from 'react-router-dom';
import type { AvailableSkillType } from 'strapi-plugin-skills-shared/contracts';
import { focusFirstError, useSettingsForm } from '../../../../../forms/schema';
import { toFailure } from '../../../../../http/api-failure';
import { useAllowed } from '../../../../../http/allowed';
import { Failed } from '../../../../../ui/failed';
import { Loading } from '../../../../../ui/loading';
import { useNotify } from '../../../../../ui/use-notify';
import { useT } from '../../../../../ui/use-t';
import { useUnsavedGuard } from '../../../../../ui/use-unsaved-guard';
import { ProviderIcon } from '../../../../providers';
import { useCreateSkillMutation } from '../../../api';
import { useListSkillTypesQuery } from '../api';
import { fieldFault } from '../field-fault';
import { completed, creationOf, derivedAlias, formForType, type SkillForm } from '../skill-form';
import { SettingsFields, SkillFields } from '../skill-fields';
import { TypeFailures } from '../type-failures';
import { useSettingsSchema } from '../use-settings-schema';

interface NewSkillFormProps {
  connection: string;
  skillType: string;
  onBack: () => void;
}

/** Step 3: the skill itself. */
export function NewSkillForm({ connection, skillType, onBack }: NewSkillFormProps) {
  const { data, error, refetch, isFetching } = useListSkillTypesQuery({ connection });
  const type = data?.types.find(({ skillTypeId }) => skillTypeId === skillType);
  if (type) return <FormOfType type={type} onBack={onBack} />;
  if (!data && !error) return <Loading />;
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <BackToTypes onBack={onBack} />
      <TypeFailures failures={data?.failures ?? []} busy={isFetching} onRetry={() => void refetch()} />
      {error && <Failed error={error} onRetry={() => void refetch()} />}
    </Flex>
  );
}

function BackToTypes({ onBack }: { onBack: () => void }) {
  const t = useT();
  return (
    <Box>
      <Button variant="ghost" size="S" startIcon={<ArrowLeft />} onClick={onBack}>
        {t('new-skill.other-type')}
      </Button>
    </Box>
  );
}

function FormOfType({ type, onBack }: { type: AvailableSkillType; onBack: () => void }) {
  const t = useT();
  const notify = useNotify();
  const navigate = useNavigate();
  const allowed = useAllowed();
  const [create, { isLoading, error }] = useCreateSkillMutation();
  const [begun] = useState(() => formForType(type));
  const [typed, setTyped] = useState<SkillForm>(begun);
  const [ownAlias, setOwnAlias] = useState<string>();
  const [publishing, setPublishing] = useState(false);
  const element = useRef<HTMLFormElement>(null);
  // What the server has refused may stand out of sight.
  useEffect(() => {
    if (error) focusFirstError(element.current);
  }, [error]);
  const schema = useSettingsSchema(type.connection.id, type.skillTypeId);
  const form = completed({ ...typed, alias: ownAlias ?? derivedAlias(typed.name) }, schema.complete);
  const settings = useSettingsForm({ schema: schema.schema, value: form.settings ?? {}, failure: error });
  const guard = useUnsavedGuard(typed !== begun || ownAlias !== undefined);
  const set = (values: Partial<SkillForm>) => setTyped((now) => ({ ...now, ...values }));

  const save = async (publish: boolean) => {
    if (!settings.attempt()) return focusFirstError(element.current);
    setPublishing(publish);
    const result = await create(creationOf(form, type.skillTypeId, publish));
    if ('error' in result) {
      if (!toFailure(result.error).details?.path) notify.failure(result.error);
      return;
    }
    guard.release();
    notify.success(t(publish ? 'provider-skill.saved-published' : 'provider-skill.saved'));
    navigate(`/plugins/skills/skills/${result.data.id}`, { replace: true });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void save(false);
  };
  const incomplete = form.name.trim() === '' || !schema.data;

  return (
    <form ref={element} onSubmit={submit} noValidate>
      {guard.dialog}
      <Flex direction="column" alignItems="stretch" gap={4}>
        <BackToTypes onBack={onBack} />
        <SkillFields
          form={form}
          set={set}
          faultOf={(field) => fieldFault(error, field)}
          aliasHint={t(ownAlias === undefined ? 'provider-skill.alias-derived' : 'provider-skill.alias-hint')}
          onAlias={(alias) => setOwnAlias(alias === '' ? undefined : alias)}
          binding={<Binding type={type} fault={fieldFault(error, 'connection')} />}
          settings={<SettingsFields schema={schema} form={form} set={set} errors={settings.errors} />}
        />
        <Flex gap={2} wrap="wrap" justifyContent="flex-end">
          {allowed.publish && (
            <Button
              variant="secondary"
              startIcon={<Rocket />}
              disabled={incomplete}
              loading={isLoading && publishing}
              onClick={() => save(true)}
            >
              {t('provider-skill.save-publish')}
            </Button>
          )}
          <Button
            type="submit"
            startIcon={<Check />}
            disabled={incomplete}
            loading={isLoading && !publishing}
          >
            {t('common.save')}
          </Button>
        </Flex>
      </Flex>
    </form>
  );
}

function Binding({ type, fault }: { type: AvailableSkillType; fault?: string }) {
  return (
    <Flex gap={3} alignItems="flex-start">
      <ProviderIcon icon={type.icon ?? type.connection.provider.icon} />
      <Flex direction="column" alignItems="flex-start" gap={1}>
        <Flex gap={2} wrap="wrap">
          <Typography fontWeight="semiBold">{type.name}</Typography>
          <Badge size="S">{type.connection.name}</Badge>
        </Flex>
        <Typography variant="pi" textColor="neutral600">
          {type.description}
        </Typography>
        {fault && (
          <Typography variant="pi" textColor="danger600" role="alert">
            {fault}
          </Typography>
        )}
      </Flex>
    </Flex>
  );
}
