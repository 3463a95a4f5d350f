import { Suspense } from 'react';
import { Page } from '@strapi/strapi/admin';
import { Navigate, useParams } from 'react-router-dom';
import { useAllowed } from '../../../http/allowed';
import { kindPanel } from '../kinds/registry';

/** Where a skill of a kind is made that asks for more than a dialog holds. */
export function NewSkillPage() {
  const { kind = '' } = useParams();
  const allowed = useAllowed();
  const Making = kindPanel(kind)?.making.Page;
  if (!allowed.create) return <Page.NoPermissions />;
  if (!Making) return <Navigate to="/plugins/skills/skills" replace />;
  return (
    <Suspense fallback={<Page.Loading />}>
      <Making />
    </Suspense>
  );
}
