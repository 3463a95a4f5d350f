import { Suspense, useMemo, type ReactNode } from 'react';
import { BackButton, Layouts, Page } from '@strapi/strapi/admin';
import { Badge, Box, Button, Flex, Tabs, Typography } from '@strapi/design-system';
import { ArrowsCounterClockwise } from '@strapi/icons';
import { Navigate, Route, Routes, useLocation, useNavigate, useParams } from 'react-router-dom';
import type { Skill } from 'strapi-plugin-skills-shared/contracts';
import { toFailure } from '../../../http/api-failure';
import { useAllowed } from '../../../http/allowed';
import type { Allowed } from '../../../http/permissions';
import { Failed } from '../../../ui/failed';
import { Loading } from '../../../ui/loading';
import { useNotify } from '../../../ui/use-notify';
import { useT } from '../../../ui/use-t';
import { useArchiveSkillsMutation, useGetSkillQuery } from '../api';
import { useGetCurrentContentQuery } from '../content-api';
import { SkillRowMenu } from '../components/skill-row-menu';
import { SkillStatus } from '../components/skill-status';
import { kindName, kindPanel } from '../kinds/registry';
import type { KindTab } from '../kinds/kind-panel';
import { useVersionWrites } from './use-version-writes';
import { WorkspaceContext, type Workspace } from './workspace-context';

/** A tab that every kind of skill has; `shownTo` tells whether a role may see it. */
export interface WorkspaceTab extends KindTab {
  shownTo: (allowed: Allowed) => boolean;
  /** True: it is about what runs in a sandbox, which only kinds whose content is files do. */
  forFiles?: boolean;
}

/** A skill opened: the tabs of its kind, then those that every kind has. */
export function SkillWorkspacePage({ tabs }: { tabs: readonly WorkspaceTab[] }) {
  const { skillId = '', '*': rest = '' } = useParams();
  const { search } = useLocation();
  const allowed = useAllowed();
  const skillQuery = useGetSkillQuery(skillId);
  const contentQuery = useGetCurrentContentQuery(skillId);
  const skill = skillQuery.data;
  const content = contentQuery.data;
  const writes = useVersionWrites(skillId, content);
  const workspace = useMemo<Workspace | undefined>(
    () =>
      skill && content && { skill, content, allowed, writes, editable: allowed.update && !skill.archived },
    [skill, content, allowed, writes],
  );

  const error = skill ? (content ? undefined : contentQuery.error) : skillQuery.error;
  if (error) {
    if (toFailure(error).status === 403) return <Page.NoPermissions />;
    const retry = () => void Promise.all([skillQuery.refetch(), contentQuery.refetch()]);
    return (
      <Layouts.Content>
        <Box paddingTop={8}>
          <BackButton fallback="/plugins/skills/skills" />
          <Failed error={error} onRetry={toFailure(error).status === 404 ? undefined : retry} />
        </Box>
      </Layouts.Content>
    );
  }
  if (!workspace) return <Page.Loading />;
  // An alias opens a skill too. What is loaded goes by the id, so that a change is seen wherever the skill is shown.
  if (workspace.skill.id !== skillId) {
    return <Navigate to={`/plugins/skills/skills/${workspace.skill.id}/${rest}${search}`} replace />;
  }
  const panel = kindPanel(workspace.skill.kind);
  const shown = [
    ...(panel?.tabs ?? []),
    ...tabs.filter((tab) => tab.shownTo(allowed) && (!tab.forFiles || panel?.hasFiles)),
  ];
  return (
    <WorkspaceContext.Provider value={workspace}>
      <Header skill={workspace.skill} allowed={allowed} />
      <Layouts.Content>
        <WorkspaceTabs tabs={shown} notice={<ArchivedNotice skill={workspace.skill} allowed={allowed} />} />
      </Layouts.Content>
    </WorkspaceContext.Provider>
  );
}

function Header({ skill, allowed }: { skill: Skill; allowed: Allowed }) {
  const t = useT();
  const navigate = useNavigate();
  return (
    <>
      <Page.Title>{skill.name}</Page.Title>
      <Layouts.Header
        title={skill.name}
        navigationAction={<BackButton fallback="/plugins/skills/skills" />}
        primaryAction={
          <SkillRowMenu
            prominent
            skill={skill}
            allowed={allowed}
            onPurged={() => navigate('/plugins/skills/skills')}
          />
        }
        subtitle={
          <Flex gap={3} wrap="wrap">
            <SkillStatus status={skill.status} />
            <Typography textColor="neutral600">{kindName(t, skill.kind)}</Typography>
            <Typography textColor="neutral600">
              {t('version.number', { number: skill.currentVersion.number })}
              {skill.currentVersion.label && ` (${skill.currentVersion.label})`}
            </Typography>
            <Typography textColor="neutral600">{skill.alias}</Typography>
            {!skill.active && <Badge>{t('skill.inactive')}</Badge>}
            {skill.visibility === 'user' && <Badge>{t('skill.private')}</Badge>}
          </Flex>
        }
      />
    </>
  );
}

function WorkspaceTabs({ tabs, notice }: { tabs: readonly KindTab[]; notice: ReactNode }) {
  const t = useT();
  const navigate = useNavigate();
  const { skillId } = useParams();
  const { pathname } = useLocation();
  const base = `/plugins/skills/skills/${skillId}`;
  const [first] = tabs;
  const current =
    tabs.find(({ path }) => `${pathname}/`.includes(`${base}/${path}/`))?.path ?? first?.path ?? '';
  return (
    <Tabs.Root
      variant="simple"
      value={current}
      activationMode="manual"
      onValueChange={(path) => navigate(`${base}/${path}`)}
    >
      <Box overflow="auto hidden" paddingBottom={1}>
        <Tabs.List aria-label={t('workspace.tabs')}>
          {tabs.map(({ path, label }) => (
            <Tabs.Trigger key={path} value={path}>
              {t(label)}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
      </Box>
      <Tabs.Content value={current}>
        <Box paddingTop={4}>
          {notice}
          <Suspense fallback={<Loading />}>
            <Routes>
              {first && <Route index element={<Navigate to={first.path} replace />} />}
              {tabs.map(({ path, Component }) => (
                <Route key={path} path={`${path}/*`} element={<Component />} />
              ))}
              <Route path="*" element={<Navigate to={base} replace />} />
            </Routes>
          </Suspense>
        </Box>
      </Tabs.Content>
    </Tabs.Root>
  );
}

/** An archived skill is not served and not edited; here is the way back. */
function ArchivedNotice({ skill, allowed }: { skill: Skill; allowed: Allowed }) {
  const t = useT();
  const notify = useNotify();
  const [archive, { isLoading }] = useArchiveSkillsMutation();
  if (!skill.archived) return null;
  const restore = async () => {
    const result = await archive({ ids: [skill.id], archived: false });
    if ('error' in result) notify.failure(result.error);
    else notify.success(t('skills.restored', { count: 1 }));
  };
  return (
    <Flex
      background="warning100"
      hasRadius
      padding={4}
      gap={4}
      marginBottom={4}
      justifyContent="space-between"
      wrap="wrap"
    >
      <Typography>{t('skill.is-archived')}</Typography>
      {allowed.archive && (
        <Button
          size="S"
          variant="secondary"
          startIcon={<ArrowsCounterClockwise />}
          loading={isLoading}
          onClick={restore}
        >
          {t('skill.restore')}
        </Button>
      )}
    </Flex>
  );
}
