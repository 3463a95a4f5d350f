import { useState } from 'react';
import { Button, Flex, Typography } from '@strapi/design-system';
import { CheckCircle, Magic } from '@strapi/icons';
import { useNavigate } from 'react-router-dom';
import type { Finding } from 'strapi-plugin-skills-shared/contracts';
import { escapePath } from '../../../../../http/skills-api';
import { Panel } from '../../../../../ui/panel';
import { useNotify } from '../../../../../ui/use-notify';
import { useT } from '../../../../../ui/use-t';
import { FindingList } from '../../../../../ui/finding-list';
import { useContentEdits } from '../../../workspace/use-content-edits';
import { useWorkspace } from '../../../workspace/workspace-context';

/** What validation found, with a repair by one click wherever a machine can make it. */
export function FindingsPanel() {
  const t = useT();
  const notify = useNotify();
  const navigate = useNavigate();
  const { skill, content, editable } = useWorkspace();
  const edits = useContentEdits();
  const [busy, setBusy] = useState<string>();
  const { findings } = content;
  const repairable = findings.filter(({ repair }) => repair);

  const repair = async (key: string, codes?: string[]) => {
    setBusy(key);
    try {
      const after = await edits.repair(codes);
      notify.success(t('findings.repaired', { count: after.findings.length }));
    } catch (error) {
      notify.failure(error);
    } finally {
      setBusy(undefined);
    }
  };
  const show = ({ file, line }: Finding) =>
    navigate(
      `/plugins/skills/skills/${skill.id}/files/${escapePath(file ?? 'SKILL.md')}${line ? `?line=${line}` : ''}`,
    );

  if (findings.length === 0) {
    return (
      <Panel>
        <Flex gap={2}>
          <CheckCircle fill="success600" aria-hidden />
          <Typography>{t('findings.none')}</Typography>
        </Flex>
      </Panel>
    );
  }
  return (
    <Panel
      title={t('findings.title')}
      actions={
        editable &&
        repairable.length > 1 && (
          <Button
            size="S"
            startIcon={<Magic />}
            loading={busy === 'all'}
            disabled={busy !== undefined}
            onClick={() => repair('all')}
          >
            {t('findings.repair-all')}
          </Button>
        )
      }
    >
      <FindingList
        findings={findings}
        actionsFor={(finding) => (
          <>
            {finding.file && finding.line && (
              <Button size="S" variant="ghost" onClick={() => show(finding)}>
                {t('findings.show')}
              </Button>
            )}
            {editable && finding.repair && (
              <Button
                size="S"
                variant="secondary"
                startIcon={<Magic />}
                loading={busy === finding.code}
                disabled={busy !== undefined}
                onClick={() => repair(finding.code, [finding.code])}
              >
                {finding.repair}
              </Button>
            )}
          </>
        )}
      />
    </Panel>
  );
}
