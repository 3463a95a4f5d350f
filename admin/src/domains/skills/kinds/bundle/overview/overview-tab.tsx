import { lazy, Suspense, useCallback } from 'react';
import { Grid, Typography } from '@strapi/design-system';
import { Failed } from '../../../../../ui/failed';
import { Loading } from '../../../../../ui/loading';
import { Panel } from '../../../../../ui/panel';
import { useT } from '../../../../../ui/use-t';
import { AgentPanel } from '../../../workspace/agent-panel';
import { SettingsPanel } from '../../../workspace/settings-panel';
import { useWorkspace } from '../../../workspace/workspace-context';
import { useFileContent, useLoadFile } from '../files/use-file-content';
import { PlacementsPanel } from '../hosting/placements-panel';
import { FindingsPanel } from './findings-panel';
import { FrontmatterPanel } from './frontmatter-panel';
import { skillBody } from './skill-body';

const Markdown = lazy(async () => ({ default: (await import('../../../../../ui/markdown')).Markdown }));

/** What the skill is: its instructions as they read, what validation says, its frontmatter and its settings. */
export function OverviewTab() {
  const t = useT();
  const { content } = useWorkspace();
  const file = content.files.find(({ path }) => path.toLowerCase() === 'skill.md');
  return (
    <Grid.Root gap={4} style={{ alignItems: 'start' }}>
      <Grid.Item col={8} m={8} s={12} xs={12} direction="column" alignItems="stretch" gap={4} minWidth={0}>
        <FindingsPanel />
        <Panel title={t('overview.instructions')}>
          {file ? (
            <Instructions path={file.path} digest={file.digest} />
          ) : (
            <Typography textColor="neutral600">{t('overview.no-skill-file')}</Typography>
          )}
        </Panel>
        <FrontmatterPanel />
      </Grid.Item>
      <Grid.Item col={4} m={4} s={12} xs={12} direction="column" alignItems="stretch" gap={4} minWidth={0}>
        <SettingsPanel />
        <AgentPanel />
        <PlacementsPanel />
      </Grid.Item>
    </Grid.Root>
  );
}

function Instructions({ path, digest }: { path: string; digest: string }) {
  const t = useT();
  const { content } = useWorkspace();
  const { content: loaded, reload } = useFileContent(content.id, path, digest);
  const loadFile = useLoadFile(content.id);
  const loadImage = useCallback((image: string) => loadFile(image), [loadFile]);

  if (loaded.status === 'loading') return <Loading />;
  if (loaded.status === 'failed') return <Failed error={loaded.error} onRetry={reload} />;
  const body = skillBody(loaded.text ?? '');
  if (body.trim() === '') return <Typography textColor="neutral600">{t('overview.empty')}</Typography>;
  return (
    <Suspense fallback={<Loading />}>
      <Markdown text={body} loadImage={loadImage} />
    </Suspense>
  );
}
