/** The address that is being rendered, written by the proxy; a server component is not told it otherwise. */
export const pathHeader = "x-herald-path";

/** Where somebody without a session goes, and comes back from. */
export const signInPath = (wanted: string | null): string =>
  wanted === null || !isOwnPath(wanted) ? "/sign-in" : `/sign-in?next=${encodeURIComponent(wanted)}`;

/** Only our own screens are led back to: `//elsewhere.example` and `/\elsewhere.example` leave the house. */
export const isOwnPath = (path: string): boolean => /^\/(?:panel|invite)(?:\/|\?|$)/.test(path) && !path.includes("\\");
