export type FieldIssue = { readonly path: string; readonly message: string; readonly cure?: string };

/**
 * What a door refused at one field, in a sentence. A draft's door speaks of `content.variables.body.1.value`, a preview's of
 * `variables.body.1`: both are about the field `variables.body.1`.
 */
export function issueAt(issues: readonly FieldIssue[], field: string): string | undefined {
  const mine = issues.filter(({ path }) => isWithin(path.replace(/^content\./, ""), field));
  return mine.length === 0 ? undefined : mine.map(sentenceOf).join(" ");
}

const isWithin = (path: string, field: string): boolean => path === field || path.startsWith(`${field}.`);

/** "has more than 200 characters" is said of the field it stands under. */
function sentenceOf({ message, cure }: FieldIssue): string {
  const said = `${message[0]?.toUpperCase() ?? ""}${message.slice(1)}`.replace(/[^.!?]$/, "$&.");
  return cure === undefined ? said : `${said} ${cure}`;
}
