import { BackButton, Layouts, Page } from '@strapi/strapi/admin';
import { Box, Flex, Typography } from '@strapi/design-system';
import { useSearchParams } from 'react-router-dom';
import { useT } from '../../../../../ui/use-t';
import { ChooseConnection } from './choose-connection';
import { ChooseType } from './choose-type';
import { NewSkillForm } from './new-skill-form';

const steps = ['new-skill.step.connection', 'new-skill.step.type', 'new-skill.step.form'] as const;

/** Makes a provider skill: a connection, then what it offers, then the skill. The steps are in the URL, so that Back goes back. */
export function NewProviderSkill() {
  const t = useT();
  const [query, setQuery] = useSearchParams();
  const connection = query.get('connection') ?? '';
  const type = query.get('type') ?? '';
  const step = connection === '' ? 0 : type === '' ? 1 : 2;
  return (
    <>
      <Page.Title>{t('new-skill.provider-title')}</Page.Title>
      <Layouts.Header
        title={t('new-skill.provider-title')}
        navigationAction={<BackButton fallback="/plugins/skills/skills" />}
        subtitle={<Steps current={step} />}
      />
      <Layouts.Content>
        <Box maxWidth="88rem">
          {step === 0 && <ChooseConnection onChoose={(id) => setQuery({ connection: id })} />}
          {step === 1 && (
            <ChooseType
              connection={connection}
              onChoose={(skillType) => setQuery({ connection, type: skillType })}
              onBack={() => setQuery({})}
            />
          )}
          {step === 2 && (
            <NewSkillForm
              key={`${connection} ${type}`}
              connection={connection}
              skillType={type}
              onBack={() => setQuery({ connection })}
            />
          )}
        </Box>
      </Layouts.Content>
    </>
  );
}

function Steps({ current }: { current: number }) {
  const t = useT();
  return (
    <Flex tag="ol" gap={4} wrap="wrap" aria-label={t('new-skill.steps')}>
      {steps.map((step, index) => (
        <Flex key={step} tag="li" gap={2} aria-current={index === current ? 'step' : undefined}>
          <Typography
            fontWeight={index === current ? 'bold' : 'regular'}
            textColor={index === current ? 'primary600' : 'neutral600'}
          >
            {index + 1}. {t(step)}
          </Typography>
        </Flex>
      ))}
    </Flex>
  );
}
