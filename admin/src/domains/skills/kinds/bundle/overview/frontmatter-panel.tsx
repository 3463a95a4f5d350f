import { useEffect, useState, type FormEvent } from 'react';
import { Button, Flex } from '@strapi/design-system';
import { Check } from '@strapi/icons';
import { Panel } from '../../../../../ui/panel';
import { useNotify } from '../../../../../ui/use-notify';
import { useT } from '../../../../../ui/use-t';
import { useContentEdits } from '../../../workspace/use-content-edits';
import { useWorkspace } from '../../../workspace/workspace-context';
import { changesBetween, formOf, type FrontmatterForm } from './frontmatter-form';
import { FrontmatterFields } from './frontmatter-fields';

/** A form over the frontmatter of SKILL.md. Only edited fields are written, so the rest of the file keeps every byte. */
export function FrontmatterPanel() {
  const t = useT();
  const notify = useNotify();
  const { content, editable } = useWorkspace();
  const edits = useContentEdits();
  const stored = formOf(content.metadata);
  const storedKey = JSON.stringify(stored);
  const [form, setForm] = useState(stored);
  const [busy, setBusy] = useState(false);
  const changes = changesBetween(stored, form);
  const dirty = Object.keys(changes).length > 0;

  // What is stored has changed, by this form, a repair or the editor: it is shown, since edits are kept in the file.
  useEffect(() => setForm(JSON.parse(storedKey) as FrontmatterForm), [storedKey]);

  const set = (values: Partial<FrontmatterForm>) => setForm({ ...form, ...values });
  const faultOf = (field: string) =>
    content.findings.find((finding) => finding.severity === 'error' && finding.field === field)?.message;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      await edits.changeFrontmatter(changes);
      notify.success(t('frontmatter.saved'));
    } catch (error) {
      notify.failure(error);
    } finally {
      setBusy(false);
    }
  };

  return (
    <form onSubmit={submit}>
      <Panel
        title={t('frontmatter.title')}
        actions={
          editable && (
            <Flex gap={2}>
              {dirty && (
                <Button variant="tertiary" onClick={() => setForm(stored)} disabled={busy}>
                  {t('common.discard')}
                </Button>
              )}
              <Button type="submit" startIcon={<Check />} disabled={!dirty} loading={busy}>
                {t('common.save')}
              </Button>
            </Flex>
          )
        }
      >
        <FrontmatterFields form={form} disabled={!editable} faultOf={faultOf} onChange={set} />
      </Panel>
    </form>
  );
}
