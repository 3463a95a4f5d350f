import { lazy, Suspense, useEffect, useState } from 'react';
import { Layouts, Page, Pagination } from '@strapi/strapi/admin';
import { Alert, Box, Button, Flex, TextButton } from '@strapi/design-system';
import { Plus, Upload } from '@strapi/icons';
import type { Skill } from 'strapi-plugin-skills-shared/contracts';
import { useAllowed } from '../../../http/allowed';
import { Failed } from '../../../ui/failed';
import { useListQuery } from '../../../ui/use-list-query';
import { useNotify } from '../../../ui/use-notify';
import { useT } from '../../../ui/use-t';
import { useArchiveSkillsMutation, useListSkillsQuery } from '../api';
import { BulkActions } from '../components/bulk-actions';
import { Newcomer } from '../components/newcomer';
import { NewSkillDialog } from '../components/new-skill-dialog';
import { SkillFilters, skillFilterParameters } from '../components/skill-filters';
import { SkillTable } from '../components/skill-table';
import { kindPanel } from '../kinds/registry';

const ImportDialog = lazy(async () => ({
  default: (await import('../importing/import-dialog')).ImportDialog,
}));

/** All skills: found, narrowed, sorted and paged by the URL. */
export function SkillListPage() {
  const t = useT();
  const allowed = useAllowed();
  const { request, narrowed } = useListQuery(skillFilterParameters, 'updatedAt:DESC');
  const { data, error, isLoading, isFetching, refetch } = useListSkillsQuery(request);
  const [selected, setSelected] = useState<Skill[]>([]);
  const [archived, setArchived] = useState<Skill[]>([]);
  const [dialog, setDialog] = useState<'new' | 'import' | { kind: string }>();
  const close = () => setDialog(undefined);
  const skills = data?.data ?? [];
  const requestKey = JSON.stringify(request);
  // The way back from archiving belongs to the list that it was done in.
  useEffect(() => setArchived([]), [requestKey]);
  // Only rows on the page stay selected: what is out of sight must not be archived by a click.
  const chosen = skills.filter(({ id }) => selected.some((skill) => skill.id === id));
  const empty = data?.meta.pagination.total === 0 && !narrowed && !isFetching;

  return (
    <>
      <Page.Title>{t('skills.title')}</Page.Title>
      <Layouts.Header
        title={t('skills.title')}
        subtitle={data && t('skills.count', { count: data.meta.pagination.total })}
        primaryAction={
          allowed.create && (
            <Flex gap={2} wrap="wrap">
              <Button variant="secondary" startIcon={<Upload />} onClick={() => setDialog('import')}>
                {t('skills.import')}
              </Button>
              <Button startIcon={<Plus />} onClick={() => setDialog('new')}>
                {t('skills.new')}
              </Button>
            </Flex>
          )
        }
      />
      {!empty && <Layouts.Action startActions={<SkillFilters />} />}
      <Layouts.Content>
        <ArchivedNotice skills={archived} onClose={() => setArchived([])} />
        {error && !data ? (
          <Failed error={error} onRetry={refetch} />
        ) : empty ? (
          <Newcomer
            mayCreate={allowed.create}
            onNew={() => setDialog('new')}
            onImport={() => setDialog('import')}
          />
        ) : (
          <Box minWidth={0}>
            {chosen.length > 0 && (
              <BulkActions
                selected={chosen}
                allowed={allowed}
                onDone={() => setSelected([])}
                onArchived={setArchived}
              />
            )}
            <SkillTable
              skills={skills}
              isLoading={isLoading}
              allowed={allowed}
              selected={chosen}
              onSelect={setSelected}
              onArchived={setArchived}
            />
            <Pagination.Root {...data?.meta.pagination}>
              <Pagination.PageSize />
              <Pagination.Links />
            </Pagination.Root>
          </Box>
        )}
      </Layouts.Content>
      {dialog === 'new' && (
        <NewSkillDialog
          onClose={close}
          onKind={(kind) => setDialog({ kind })}
          onImport={() => setDialog('import')}
        />
      )}
      {typeof dialog === 'object' && <MakingDialog kind={dialog.kind} onClose={close} />}
      {dialog === 'import' && (
        <Suspense>
          <ImportDialog mayUpdate={allowed.update} onClose={close} />
        </Suspense>
      )}
    </>
  );
}

/** Where a skill of a kind is made, over the list. */
function MakingDialog({ kind, onClose }: { kind: string; onClose: () => void }) {
  const Dialog = kindPanel(kind)?.making.Dialog;
  return <Suspense>{Dialog && <Dialog onClose={onClose} />}</Suspense>;
}

/** Says what was archived, with a way back. */
function ArchivedNotice({ skills, onClose }: { skills: Skill[]; onClose: () => void }) {
  const t = useT();
  const notify = useNotify();
  const [archive, { isLoading }] = useArchiveSkillsMutation();
  if (skills.length === 0) return null;
  const undo = async () => {
    const result = await archive({ ids: skills.map(({ id }) => id), archived: false });
    if ('error' in result) return notify.failure(result.error);
    notify.success(t('skills.restored', { count: skills.length }));
    onClose();
  };
  return (
    <Box paddingBottom={4}>
      <Alert
        variant="success"
        closeLabel={t('common.close')}
        onClose={onClose}
        title={t('skills.archived-done', { count: skills.length })}
        action={
          <TextButton onClick={undo} loading={isLoading}>
            {t('common.undo')}
          </TextButton>
        }
      >
        {t('skills.archived-hint')}
      </Alert>
    </Box>
  );
}
