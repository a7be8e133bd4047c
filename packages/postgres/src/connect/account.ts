import type { SenderAccount } from "@herald/provider";

/** Opens `sources.access_token_sealed` of a source; throws when no key fits. */
export type TokenOpener = (sealed: Uint8Array, sourceId: string) => string;
type SealedAccount = { readonly providerNumberId: string; readonly source_id: string; readonly access_token_sealed: Uint8Array };

/** Null for a credential that cannot be opened: its number cannot be asked about, and holds up no other. */
export function openAccount(openToken: TokenOpener, account: SealedAccount): SenderAccount | null {
  try {
    return { providerNumberId: account.providerNumberId, accessToken: openToken(account.access_token_sealed, account.source_id) };
  } catch {
    return null;
  }
}
