/** Failures every domain shares. An unknown id and a foreign id answer alike, so that ids cannot be probed. */
export type NotFound = { readonly type: "not_found"; readonly resource: string };
export type NotAllowed = { readonly type: "not_allowed"; readonly action: string };
/** One entry per wrong thing. `path` points into the input, `cure` says what to do. */
export type InvalidInput = { readonly type: "invalid_input"; readonly issues: readonly InputIssue[] };
export type InputIssue = { readonly path: string; readonly message: string; readonly cure?: string };

export const notFound = (resource: string): NotFound => ({ type: "not_found", resource });
export const notAllowed = (action: string): NotAllowed => ({ type: "not_allowed", action });
export const invalidInput = (...issues: InputIssue[]): InvalidInput => ({ type: "invalid_input", issues });
