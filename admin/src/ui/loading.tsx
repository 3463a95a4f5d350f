import { Flex, Loader } from '@strapi/design-system';
import { useT } from './use-t';

export function Loading() {
  const t = useT();
  return (
    <Flex justifyContent="center" padding={8}>
      <Loader>{t('common.loading')}</Loader>
    </Flex>
  );
}
