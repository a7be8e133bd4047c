import type { Download } from "./download.ts";

/** One line of the audit log. */
export type AuditEntry = {
  /** A bigint kept as text; entries are read from the newest to the oldest. */
  readonly entryId: string;
  readonly atMs: number;
  readonly actorKind: string;
  /** Of a person: the id. */
  readonly actorId: string;
  /** Of a person whose account still exists, also when they left the workspace. */
  readonly actorEmail: string | null;
  readonly action: string;
  readonly resourceKind: string;
  readonly resourceId: string;
  /** What the resource is called, where it still has a name. */
  readonly resourceName: string | null;
  readonly detail: Readonly<Record<string, unknown>>;
};

export type AuditQuery = {
  /** Only entries older than this one. */
  readonly before?: string | undefined;
  readonly action?: string | undefined;
  readonly limit: number;
};

export type AuditTrailPort = {
  readonly page: (query: AuditQuery) => Promise<readonly AuditEntry[]>;
  /** Audit `recipients.exported` of a campaign, or `contacts.refused_rows_downloaded` of an import: ids and a count. Of another workspace: throws. */
  readonly noteDownload: (download: Download) => Promise<void>;
};
