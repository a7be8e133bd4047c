import type { OpaqueIds } from "@herald/campaign";
import { parseCampaignId, parseMessageId } from "@herald/kernel";
import type { Signer } from "@herald/sealing";

const version = "v1";

/**
 * What travels with a message to the provider and comes back in its webhooks: `v1.<campaignId>.<messageId>.<attempt>.<mac>`, about 80 of the 512 characters allowed.
 * It names our attempt and nobody's person. `previous` are signers of keys before a rotation: a receipt may come weeks later.
 */
export function createOpaqueIds(current: Signer, previous: readonly Signer[] = []): OpaqueIds {
  return {
    encode({ campaignId, messageId, attempt }) {
      const text = `${version}.${campaignId}.${messageId}.${attempt}`;
      return `${text}.${current.mac(text)}`;
    },
    decode(opaqueId) {
      const [named, campaign = "", message = "", number = "", mac = "", ...rest] = opaqueId.split(".");
      const campaignId = parseCampaignId(campaign);
      const messageId = parseMessageId(message);
      const isWellFormed = named === version && /^[1-9]\d{0,4}$/.test(number) && rest.length === 0;
      if (!isWellFormed || campaignId === null || messageId === null) return null;
      const text = opaqueId.slice(0, -mac.length - 1);
      if (![current, ...previous].some((signer) => signer.isValid(text, mac))) return null;
      return { campaignId, messageId, attempt: Number(number) };
    },
  };
}
