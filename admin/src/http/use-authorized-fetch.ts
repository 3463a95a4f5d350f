import { useMemo, useRef } from 'react';
import { attemptTokenRefresh, useAuth } from '@strapi/strapi/admin';
import { createAuthorizedFetch, type AuthorizedFetch } from './authorized-fetch';

/** An authorized fetch that does not change while the component lives, and always uses the newest token. */
export function useAuthorizedFetch(): AuthorizedFetch {
  const token = useAuth('skills', (state) => state.token);
  const newest = useRef(token);
  newest.current = token;
  return useMemo(() => authorizedFetchWith(() => newest.current), []);
}

/** What Strapi's panel puts on the page; its own declaration is not exported. */
export function backendUrl(): string {
  return (window as unknown as { strapi: { backendURL: string } }).strapi.backendURL;
}

export function authorizedFetchWith(token: () => string | null): AuthorizedFetch {
  return createAuthorizedFetch({ backendUrl, token, refresh: attemptTokenRefresh }, (input, init) =>
    window.fetch(input, init),
  );
}
