/** What a page of ours may load and talk to. Styles stay open: toasts and virtual rows place themselves by style attributes. */
export function contentSecurityPolicy(given: {
  readonly nonce: string;
  /** Where browsers listen for changes, as ws(s)://host:port; null: nowhere. */
  readonly realtimeOrigin: string | null;
  /** React's development build evaluates code. */
  readonly isDevelopment: boolean;
}): string {
  return Object.entries({
    "default-src": "'self'",
    "script-src": `'self' 'nonce-${given.nonce}' 'strict-dynamic'${given.isDevelopment ? " 'unsafe-eval'" : ""}`,
    "style-src": "'self' 'unsafe-inline'",
    // header images of templates are the operator's own, wherever they lie
    "img-src": "'self' data: blob: https:",
    "media-src": "'self' blob: https:",
    "font-src": "'self'",
    "connect-src": ["'self'", given.realtimeOrigin].filter(Boolean).join(" "),
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
  })
    .map(([name, value]) => `${name} ${value}`)
    .join("; ");
}
