/** The address that is being rendered, written by the proxy; a server component is not told it otherwise. */
export const pathHeader = "x-herald-path";

/** Where somebody without a session goes, and comes back from. */
export const signInPath = (wanted: string | null): string =>
  wanted === null || !isOwnPath(wanted) ? "/sign-in" : `/sign-in?next=${encodeURIComponent(wanted)}`;

/** Only our own screens are led back to: `//elsewhere.example` and `/\elsewhere.example` leave the house. */
export function isOwnPath(path: string): boolean {
  const house = "http://house.example";
  const url = URL.parse(path, house);
  return url?.origin === house && /^\/(?:panel|invite)(?:\/|$)/.test(url.pathname) && path.startsWith(url.pathname);
}
