import { createContext, useContext, useEffect, useRef, useState, type ReactNode } from 'react';
import { Page, useAuth } from '@strapi/strapi/admin';
import { allowedBy, everyPermission, type Allowed } from './permissions';

const AllowedContext = createContext<Allowed>(allowedBy([]));

type Answer = Allowed | 'asking' | 'failed';

/**
 * What the administrator may do, asked again whenever their permissions change. Strapi's own `useRBAC` asks but once, when it is
 * mounted: on a slow line that is before the permissions have arrived, and everything stays refused until the page is loaded again.
 */
function useAnswer(): Answer {
  const arriving = useAuth('skills', (auth) => auth.isLoading);
  const permissions = useAuth('skills', (auth) => auth.permissions);
  const check = useAuth('skills', (auth) => auth.checkUserHasPermissions);
  const [answer, setAnswer] = useState<Answer>('asking');
  // Strapi makes another function of it at every address.
  const latest = useRef(check);
  useEffect(() => {
    latest.current = check;
  }, [check]);

  useEffect(() => {
    if (arriving) return;
    let stale = false;
    latest.current(everyPermission).then(
      (granted) => !stale && setAnswer(allowedBy(granted)),
      () => !stale && setAnswer('failed'),
    );
    return () => {
      stale = true;
    };
  }, [arriving, permissions]);

  return answer;
}

/** Finds out what the administrator may do before it shows what depends on it, so that nothing forbidden flashes up. */
export function AllowedProvider({ children }: { children: ReactNode }) {
  const answer = useAnswer();
  if (answer === 'asking') return <Page.Loading />;
  if (answer === 'failed') return <Page.Error />;
  return <AllowedContext.Provider value={answer}>{children}</AllowedContext.Provider>;
}

/** What the administrator may do. */
export function useAllowed(): Allowed {
  return useContext(AllowedContext);
}
