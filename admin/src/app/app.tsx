import { lazy, Suspense } from 'react';
import { Page } from '@strapi/strapi/admin';
import { Navigate, Route, Routes } from 'react-router-dom';
import type { WorkspaceTab } from '../domains/skills';
import { permissions, useAllowed } from '../http/permissions';
import { SectionLayout } from '../ui/section-layout';
import { useT } from '../ui/use-t';

const SkillListPage = lazy(async () => ({
  default: (await import('../domains/skills/pages/skill-list-page')).SkillListPage,
}));
const SkillWorkspacePage = lazy(async () => ({
  default: (await import('../domains/skills/workspace/skill-workspace-page')).SkillWorkspacePage,
}));
const RunListPage = lazy(async () => ({
  default: (await import('../domains/runs/pages/run-list-page')).RunListPage,
}));
const RunPage = lazy(async () => ({ default: (await import('../domains/runs/pages/run-page')).RunPage }));

/** What every kind of skill has in its workspace, after the tabs of its kind. */
const commonTabs: readonly WorkspaceTab[] = [
  {
    path: 'runs',
    label: 'tab.runs',
    shownTo: (allowed) => allowed.readRuns || allowed.startRuns,
    Component: lazy(async () => ({ default: (await import('../domains/runs/components/runs-tab')).RunsTab })),
  },
  {
    path: 'versions',
    label: 'tab.versions',
    shownTo: (allowed) => allowed.readSkills,
    Component: lazy(async () => ({
      default: (await import('../domains/versions/components/versions-tab')).VersionsTab,
    })),
  },
];

/** The plugin's pages. A page that a role may not see has no link, and its address says so. */
export function App() {
  const t = useT();
  const { allowed, isLoading } = useAllowed();
  if (isLoading) return <Page.Loading />;
  const links = [
    ...(allowed.readSkills ? [{ to: '/plugins/skills/skills', label: t('skills.title') }] : []),
    ...(allowed.readRuns ? [{ to: '/plugins/skills/runs', label: t('runs.title') }] : []),
  ];
  return (
    <SectionLayout links={links}>
      <Suspense fallback={<Page.Loading />}>
        <Routes>
          <Route index element={<Navigate to={allowed.readSkills ? 'skills' : 'runs'} replace />} />
          <Route
            path="skills"
            element={
              <Page.Protect permissions={permissions.readSkills}>
                <SkillListPage />
              </Page.Protect>
            }
          />
          <Route
            path="skills/:skillId/*"
            element={
              <Page.Protect permissions={permissions.readSkills}>
                <SkillWorkspacePage tabs={commonTabs} />
              </Page.Protect>
            }
          />
          <Route
            path="runs"
            element={
              <Page.Protect permissions={permissions.readRuns}>
                <RunListPage />
              </Page.Protect>
            }
          />
          <Route
            path="runs/:runId"
            element={
              <Page.Protect permissions={permissions.readRuns}>
                <RunPage />
              </Page.Protect>
            }
          />
          <Route path="*" element={<Navigate to="." replace />} />
        </Routes>
      </Suspense>
    </SectionLayout>
  );
}
