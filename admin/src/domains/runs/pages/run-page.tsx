import { BackButton, Layouts, Page } from '@strapi/strapi/admin';
import { useNavigate, useParams } from 'react-router-dom';
import type { Run } from 'strapi-plugin-skills-shared/contracts';
import { useAllowed } from '../../../http/allowed';
import { useT } from '../../../ui/use-t';
import { RunView } from '../components/run-view';
import { draftOf } from '../components/run-draft';

/** One run, found in the list of all. */
export function RunPage() {
  const t = useT();
  const navigate = useNavigate();
  const { runId = '' } = useParams();
  const allowed = useAllowed();
  const runAgain = (run: Run) =>
    run.skill && navigate(`/plugins/skills/skills/${run.skill.id}/runs`, { state: draftOf(run) });
  return (
    <>
      <Page.Title>{t('run.title')}</Page.Title>
      <Layouts.Header
        title={t('run.title')}
        navigationAction={<BackButton fallback="/plugins/skills/runs" />}
      />
      <Layouts.Content>
        <RunView
          key={runId}
          runId={runId}
          allowed={allowed}
          linkSkill
          onRunAgain={allowed.startRuns && allowed.readSkills ? runAgain : undefined}
        />
      </Layouts.Content>
    </>
  );
}
