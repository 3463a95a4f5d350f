import type { ToolScope } from 'strapi-plugin-skills-shared/contracts';
import { Badge, Flex, Typography } from '@strapi/design-system';
import { useT, type Translate } from '../../../ui/use-t';

function sourceOf(t: Translate, source: string): string {
  if (source === 'built-in') return t('scopes.source.built-in');
  if (source === 'config') return t('scopes.source.config');
  return t('scopes.source.plugin', { name: source });
}

/** The scopes that there are, and who brought each. */
export function ScopeList({ scopes }: { scopes: readonly ToolScope[] }) {
  const t = useT();
  return (
    <Flex tag="ul" direction="column" alignItems="stretch" gap={4}>
      {scopes.map((scope) => (
        <Flex
          key={scope.id}
          tag="li"
          direction="column"
          alignItems="flex-start"
          gap={1}
          data-scope={scope.id}
        >
          <Flex gap={2} wrap="wrap">
            <Typography fontWeight="semiBold" textColor="neutral800">
              {scope.name}
            </Typography>
            <Typography variant="pi" textColor="neutral600">
              {scope.id}
            </Typography>
            <Badge>{sourceOf(t, scope.source)}</Badge>
          </Flex>
          {scope.description !== '' && <Typography textColor="neutral600">{scope.description}</Typography>}
        </Flex>
      ))}
    </Flex>
  );
}
