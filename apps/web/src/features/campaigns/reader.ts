/** Who looks at the list, and what this person may do; names of colleagues by their ids. */
export type Reader = {
  readonly workspaceId: string;
  readonly userId: string;
  readonly mayCompose: boolean;
  readonly mayControl: boolean;
  /** The part of the e-mail address before the @. */
  readonly names: Readonly<Record<string, string>>;
};
