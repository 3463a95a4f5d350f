import { lazy, Suspense, type ReactNode } from 'react';
import { Page, type Permission } from '@strapi/strapi/admin';
import { Navigate, Route, Routes } from 'react-router-dom';
import type { WorkspaceTab } from '../domains/skills';
import { AllowedProvider, useAllowed } from '../http/allowed';
import { permissions, type Allowed } from '../http/permissions';
import { SectionLayout, type SectionLink } from '../ui/section-layout';
import { useT, type Translate } from '../ui/use-t';

const SkillListPage = lazy(async () => ({
  default: (await import('../domains/skills/pages/skill-list-page')).SkillListPage,
}));
const SkillWorkspacePage = lazy(async () => ({
  default: (await import('../domains/skills/workspace/skill-workspace-page')).SkillWorkspacePage,
}));
const NewSkillPage = lazy(async () => ({
  default: (await import('../domains/skills/pages/new-skill-page')).NewSkillPage,
}));
const RunListPage = lazy(async () => ({
  default: (await import('../domains/runs/pages/run-list-page')).RunListPage,
}));
const RunPage = lazy(async () => ({ default: (await import('../domains/runs/pages/run-page')).RunPage }));
const ConnectionListPage = lazy(async () => ({
  default: (await import('../domains/connections/pages/connection-list-page')).ConnectionListPage,
}));
const NewConnectionPage = lazy(async () => ({
  default: (await import('../domains/connections/pages/new-connection-page')).NewConnectionPage,
}));
const ConnectionPage = lazy(async () => ({
  default: (await import('../domains/connections/pages/connection-page')).ConnectionPage,
}));
const ProviderListPage = lazy(async () => ({
  default: (await import('../domains/providers/pages/provider-list-page')).ProviderListPage,
}));
const ToolScopesPage = lazy(async () => ({
  default: (await import('../domains/tool-scopes/pages/tool-scopes-page')).ToolScopesPage,
}));

/** What every kind of skill has in its workspace, after the tabs of its kind. */
const commonTabs: readonly WorkspaceTab[] = [
  {
    path: 'tester',
    label: 'tab.tester',
    shownTo: (allowed) => allowed.readRuns,
    Component: lazy(async () => ({
      default: (await import('../domains/threads/components/tester-tab')).TesterTab,
    })),
  },
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
  {
    path: 'environment',
    label: 'tab.environment',
    forFiles: true,
    shownTo: (allowed) => allowed.readEnvironments,
    Component: lazy(async () => ({
      default: (await import('../domains/environments/components/environment-tab')).EnvironmentTab,
    })),
  },
  {
    path: 'terminal',
    label: 'tab.terminal',
    forFiles: true,
    shownTo: (allowed) => allowed.useTerminal,
    Component: lazy(async () => ({
      default: (await import('../domains/environments/terminal/terminal-tab')).TerminalTab,
    })),
  },
];

interface PluginPage {
  path: string;
  permissions: Permission[];
  element: ReactNode;
}

/** In the order of their links, of which the first that a role may follow is what the menu opens. */
const pages: readonly PluginPage[] = [
  { path: 'skills', permissions: permissions.readSkills, element: <SkillListPage /> },
  {
    path: 'skills/:skillId/*',
    permissions: permissions.readSkills,
    element: <SkillWorkspacePage tabs={commonTabs} />,
  },
  { path: 'new-skill/:kind', permissions: permissions.readSkills, element: <NewSkillPage /> },
  { path: 'runs', permissions: permissions.readRuns, element: <RunListPage /> },
  { path: 'runs/:runId', permissions: permissions.readRuns, element: <RunPage /> },
  { path: 'connections', permissions: permissions.readConnections, element: <ConnectionListPage /> },
  { path: 'connections/new', permissions: permissions.createConnections, element: <NewConnectionPage /> },
  {
    path: 'connections/:connectionId',
    permissions: permissions.readConnections,
    element: <ConnectionPage />,
  },
  { path: 'providers', permissions: permissions.readProviders, element: <ProviderListPage /> },
  { path: 'tool-scopes', permissions: permissions.readScopes, element: <ToolScopesPage /> },
];

function linksOf(t: Translate, allowed: Allowed): SectionLink[] {
  const link = (shown: boolean, path: string, label: string): SectionLink[] =>
    shown ? [{ to: `/plugins/skills/${path}`, label }] : [];
  return [
    ...link(allowed.readSkills, 'skills', t('skills.title')),
    ...link(allowed.readRuns, 'runs', t('runs.title')),
    ...link(allowed.readConnections, 'connections', t('connections.title')),
    ...link(allowed.readProviders, 'providers', t('providers.title')),
    ...link(allowed.readScopeLimits || allowed.readSkills, 'tool-scopes', t('scopes.title')),
  ];
}

/** The plugin's pages. A page that a role may not see has no link, and its address says so. */
export function App() {
  return (
    <AllowedProvider>
      <Pages />
    </AllowedProvider>
  );
}

function Pages() {
  const t = useT();
  const allowed = useAllowed();
  const links = linksOf(t, allowed);
  return (
    <SectionLayout links={links}>
      <Suspense fallback={<Page.Loading />}>
        <Routes>
          <Route index element={<Navigate to={links[0]?.to ?? 'skills'} replace />} />
          {pages.map((page) => (
            <Route
              key={page.path}
              path={page.path}
              element={<Page.Protect permissions={page.permissions}>{page.element}</Page.Protect>}
            />
          ))}
          <Route path="*" element={<Navigate to="." replace />} />
        </Routes>
      </Suspense>
    </SectionLayout>
  );
}
