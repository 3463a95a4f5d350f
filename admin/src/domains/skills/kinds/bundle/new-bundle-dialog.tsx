import { useState, type FormEvent } from 'react';
import {
  Button,
  Field,
  Flex,
  Modal,
  SingleSelect,
  SingleSelectOption,
  Textarea,
  TextInput,
} from '@strapi/design-system';
import { skillVisibilityChoices } from '../../components/skill-choices';
import { useNavigate } from 'react-router-dom';
import type { SkillVisibility } from 'strapi-plugin-skills-shared/contracts';
import { toFailure } from '../../../../http/api-failure';
import { useNotify } from '../../../../ui/use-notify';
import { useT } from '../../../../ui/use-t';
import { useReturnFocus } from '../../../../ui/use-return-focus';
import { useCreateSkillMutation } from '../../api';
import { aliasFrom } from '../../../../forms/alias-from';

/** Makes a blank bundle and opens it. The alias follows the name until it is written by hand. */
export function NewBundleDialog({ onClose }: { onClose: () => void }) {
  const t = useT();
  const returnFocus = useReturnFocus();
  const navigate = useNavigate();
  const notify = useNotify();
  const [create, { isLoading, error }] = useCreateSkillMutation();
  const [name, setName] = useState('');
  const [ownAlias, setOwnAlias] = useState<string>();
  const [description, setDescription] = useState('');
  const [visibility, setVisibility] = useState<SkillVisibility>('org');
  const alias = ownAlias ?? aliasFrom(name, 64);
  const failure = error ? toFailure(error) : undefined;
  const faultOf = (field: string) => (failure?.details?.path?.[0] === field ? failure.message : undefined);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const result = await create({
      kind: 'bundle',
      name,
      alias: alias || undefined,
      description,
      visibility,
    });
    if ('error' in result) {
      if (!toFailure(result.error).details?.path) notify.failure(result.error);
      return;
    }
    navigate(`/plugins/skills/skills/${result.data.id}`);
  };

  return (
    <Modal.Root open onOpenChange={(open) => !open && onClose()}>
      <Modal.Content onCloseAutoFocus={returnFocus}>
        <form onSubmit={submit}>
          <Modal.Header closeLabel={t('common.close')}>
            <Modal.Title>{t('new-skill.bundle')}</Modal.Title>
          </Modal.Header>
          <Modal.Body>
            <Flex direction="column" alignItems="stretch" gap={5}>
              <Field.Root name="name" required error={faultOf('name')}>
                <Field.Label>{t('skill.name')}</Field.Label>
                <TextInput
                  value={name}
                  onChange={(event) => setName(event.target.value)}
                  maxLength={255}
                  autoFocus
                />
                <Field.Error />
              </Field.Root>
              <Field.Root name="alias" error={faultOf('alias')} hint={t('skill.alias-hint')}>
                <Field.Label>{t('skill.alias')}</Field.Label>
                <TextInput
                  value={alias}
                  onChange={(event) => setOwnAlias(event.target.value)}
                  maxLength={64}
                />
                <Field.Error />
                <Field.Hint />
              </Field.Root>
              <Field.Root
                name="description"
                required
                error={faultOf('description')}
                hint={t('skill.description-hint')}
              >
                <Field.Label>{t('skill.description')}</Field.Label>
                <Textarea
                  value={description}
                  onChange={(event) => setDescription(event.target.value)}
                  maxLength={1024}
                />
                <Field.Error />
                <Field.Hint />
              </Field.Root>
              <Field.Root name="visibility">
                <Field.Label>{t('skill.visibility')}</Field.Label>
                <SingleSelect
                  value={visibility}
                  onChange={(value) => setVisibility(value as SkillVisibility)}
                >
                  {skillVisibilityChoices(t).map(({ value, label }) => (
                    <SingleSelectOption key={value} value={value}>
                      {label}
                    </SingleSelectOption>
                  ))}
                </SingleSelect>
              </Field.Root>
            </Flex>
          </Modal.Body>
          <Modal.Footer>
            <Button variant="tertiary" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button
              type="submit"
              loading={isLoading}
              disabled={name.trim() === '' || description.trim() === ''}
            >
              {t('new-skill.create')}
            </Button>
          </Modal.Footer>
        </form>
      </Modal.Content>
    </Modal.Root>
  );
}
