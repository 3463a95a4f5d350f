/** Sends a request to this Strapi with the administrator's token. Resolves with any answer but a 401 that a new token cures. */
export type AuthorizedFetch = (path: string, init?: RequestInit) => Promise<Response>;

interface Session {
  /** Where Strapi answers; empty when the panel is served by the same origin. */
  backendUrl(): string;
  token(): string | null;
  /** Gets a new access token, or rejects when the session is over. */
  refresh(usedToken: string | null): Promise<string>;
}

/**
 * `useFetchClient` knows neither PATCH, nor raw bodies, nor streams. The server reads the token from the Authorization header
 * only, so links and `EventSource` cannot be used either.
 */
export function createAuthorizedFetch(session: Session, send: typeof fetch): AuthorizedFetch {
  const attempt = (path: string, init: RequestInit | undefined, token: string | null) => {
    const headers = new Headers(init?.headers);
    if (token) headers.set('Authorization', `Bearer ${token}`);
    return send(`${session.backendUrl()}${path}`, { ...init, headers, credentials: 'include' });
  };

  return async (path, init) => {
    const token = session.token();
    const response = await attempt(path, init, token);
    if (response.status !== 401) return response;
    const renewed = await session.refresh(token).catch(() => null);
    return renewed === null ? response : attempt(path, init, renewed);
  };
}
