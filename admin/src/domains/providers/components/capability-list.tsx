import { Badge, Flex, Typography } from '@strapi/design-system';
import type { ProviderCapability } from 'strapi-plugin-skills-shared/contracts';
import { useT, type MessageKey, type Translate } from '../../../ui/use-t';

const known: Readonly<Record<string, MessageKey>> = {
  chat: 'capability.chat',
  embedding: 'capability.embedding',
  skills: 'capability.skills',
  'hosted-skills': 'capability.hosted-skills',
};

/** What a capability or feature is called; the id of one that this panel has no word for. */
function capabilityName(t: Translate, id: string): string {
  const key = known[id];
  return key ? t(key) : id;
}

/** What a provider can do: its capabilities with their features. Those that this version of the plugin does not know are marked. */
export function CapabilityList({ capabilities }: { capabilities: readonly ProviderCapability[] }) {
  const t = useT();
  if (capabilities.length === 0) {
    return <Typography textColor="neutral600">{t('providers.no-capabilities')}</Typography>;
  }
  return (
    <Flex tag="ul" direction="column" alignItems="flex-start" gap={2}>
      {capabilities.map((capability) => (
        <Flex key={capability.id} tag="li" gap={2} wrap="wrap">
          <Word id={capability.id} isKnown={capability.known} strong />
          {capability.features.map((feature) => (
            <Word key={feature.id} id={feature.id} isKnown={feature.known} />
          ))}
        </Flex>
      ))}
    </Flex>
  );
}

function Word({ id, isKnown, strong = false }: { id: string; isKnown: boolean; strong?: boolean }) {
  const t = useT();
  const name = capabilityName(t, id);
  if (!isKnown) {
    return (
      <Badge variant="warning" title={t('capability.unknown-hint')}>
        {t('capability.unknown', { name })}
      </Badge>
    );
  }
  return strong ? (
    <Typography fontWeight="semiBold" title={id}>
      {name}
    </Typography>
  ) : (
    <Badge title={id}>{name}</Badge>
  );
}
