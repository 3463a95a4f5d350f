import { Pagination, useQueryParams } from '@strapi/strapi/admin';
import { Box, Flex } from '@strapi/design-system';
import { kindHasFiles, useWorkspace } from '../../skills';
import { Failed } from '../../../ui/failed';
import { useListVersionsQuery } from '../api';
import { UploadVersion } from './upload-version';
import { VersionTable } from './version-table';
import { WithdrawButton } from './withdraw-button';

/** A skill's versions, newest first: publish, withdraw, check out, and where they are files download and upload. */
export function VersionsTab() {
  const { skill, allowed, editable } = useWorkspace();
  const [{ query }] = useQueryParams<{ page?: string; pageSize?: string }>({ page: '1', pageSize: '10' });
  const { data, error, isLoading, refetch } = useListVersionsQuery({
    skillId: skill.id,
    page: Number(query.page) || 1,
    pageSize: Number(query.pageSize) || 10,
  });
  const mayPublish = allowed.publish && !skill.archived;
  if (error && !data) return <Failed error={error} onRetry={refetch} />;
  return (
    <Box minWidth={0}>
      <Flex gap={2} justifyContent="flex-end" paddingBottom={4} wrap="wrap">
        {mayPublish && skill.publishedVersion && <WithdrawButton skillId={skill.id} />}
        {editable && kindHasFiles(skill.kind) && <UploadVersion skillId={skill.id} />}
      </Flex>
      <VersionTable
        versions={data?.data ?? []}
        skill={skill}
        withFiles={kindHasFiles(skill.kind)}
        editable={editable}
        isLoading={isLoading}
        mayPublish={mayPublish}
      />
      <Pagination.Root {...data?.meta.pagination}>
        <Pagination.PageSize />
        <Pagination.Links />
      </Pagination.Root>
    </Box>
  );
}
