import { redactText, type WorkspaceId } from "@herald/kernel";
import type { MessageProvider, RemoteTemplate, SenderAccount } from "@herald/provider";
import type { EngineLog } from "../engine-log.ts";

export type SourceToSync = {
  readonly workspaceId: WorkspaceId;
  readonly sourceId: string;
  readonly provider: string;
  readonly providerAccountId: string;
  /** The credential with any number of the account; null: it cannot be opened. */
  readonly account: SenderAccount | null;
  /** Before the list was asked for, by the database's clock. */
  readonly askedAtMs: number;
};
export type SyncedTemplates = { readonly changed: number; readonly gone: number; readonly pausedCampaigns: number };

/** Templates as the provider lists them. Content and category that differ from what an open campaign froze pause it with `template_changed` (law L8). */
export type TemplateSyncPort = {
  /** Accounts whose list was never read, is older than ten minutes, or was spoken of since; each at most once a minute, over all processes. */
  readonly claim: (limit: number) => Promise<readonly SourceToSync[]>;
  /** The whole list: what is not in it is gone, and can be sent no more. */
  readonly write: (source: SourceToSync, templates: readonly RemoteTemplate[]) => Promise<SyncedTemplates>;
  readonly noteProblem: (source: SourceToSync, problem: string) => Promise<void>;
};

export type TemplateSyncDeps = {
  readonly templateSync: TemplateSyncPort;
  readonly providersByName: Readonly<Record<string, Pick<MessageProvider, "listTemplates">>>;
  readonly log: EngineLog;
};

/** Reads the templates of accounts that are due; answers for how many. What could not be read leaves everything as it was, with the reason. */
export async function syncTemplates(deps: TemplateSyncDeps, limit: number): Promise<number> {
  const sources = await deps.templateSync.claim(limit);
  for (const source of sources) {
    const problem = await syncOne(deps, source);
    if (problem === null) continue;
    deps.log.warn("templates.not_read", { sourceId: source.sourceId, problem });
    await deps.templateSync.noteProblem(source, problem);
  }
  return sources.length;
}

async function syncOne({ templateSync, providersByName, log }: TemplateSyncDeps, source: SourceToSync): Promise<string | null> {
  const adapter = Object.hasOwn(providersByName, source.provider) ? providersByName[source.provider] : undefined;
  if (adapter === undefined) return `no adapter for provider ${source.provider}`;
  if (source.account === null) return "the credential cannot be opened";
  const listed = await adapter.listTemplates(source.account, source.providerAccountId);
  if (!listed.ok) return redactText([listed.error.code, listed.error.detail].filter((part) => part !== null).join(": "));
  // a provider that has lost sight of an account lists nothing; ending every campaign for that would be rash, and each refused message says it anyway
  if (listed.value.length === 0) return "the list is empty";
  const synced = await templateSync.write(source, listed.value);
  if (synced.changed + synced.gone + synced.pausedCampaigns > 0) log.info("templates.changed", { sourceId: source.sourceId, ...synced });
  return null;
}
