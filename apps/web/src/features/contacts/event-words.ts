import { skipReasons } from "@herald/campaign";
import { type Channel, channels, type UserId } from "@herald/kernel";
import { wordsOf } from "../../words/reader.server.ts";
import { proofWords, reasonWords } from "./proof-words.ts";
import type { TimelineEvent } from "./read-timeline.ts";

export type EventWords = {
  readonly icon: "added" | "imported" | "listed" | "granted" | "withdrawn" | "inbound" | "message" | "failed";
  readonly sentence: string;
  /** Whose word it was, the proof. */
  readonly proof?: string;
  /** Where more about it is told, below the workspace's own address. */
  readonly more?: { readonly path: string; readonly word: string };
};

const inboundTypes = [
  "text",
  "image",
  "video",
  "audio",
  "document",
  "sticker",
  "location",
  "contacts",
  "button",
  "interactive",
  "reaction",
  "order",
] as const;
const states = ["queued", "dispatching", "deferred", "unknown", "held", "skipped", "failed"] as const;
const receipts = ["sent", "delivered", "read", "undelivered"] as const;

/** One event of a person in plain words. */
export function eventWords({ kind, facts }: TimelineEvent, reader: UserId): EventWords {
  const t = wordsOf("contacts");
  const text = (key: string): string => (typeof facts[key] === "string" ? facts[key] : "");
  switch (kind) {
    case "imported": {
      const sentence =
        typeof facts["row"] === "number"
          ? t("timeline.imported", { file: text("fileName"), row: facts["row"] })
          : t("timeline.importedNoRow", { file: text("fileName") });
      return { icon: "imported", sentence, more: { path: `contacts/imports/${text("importBatchId")}`, word: t("timeline.seeImport") } };
    }
    case "listed":
      return { icon: "listed", sentence: t("timeline.listed", { name: text("name") }) };
    case "suppressed": {
      const scope = t(facts["scope"] === "all" ? "person.scopes.all" : "person.scopes.marketing");
      return { icon: "withdrawn", sentence: t("timeline.suppressed", { scope, reason: reasonWords(text("reason")) }) };
    }
    case "consent": {
      const state = (["granted", "withdrawn", "lifted"] as const).find((one) => one === facts["state"]) ?? "granted";
      const proof = typeof facts["proof"] === "object" && facts["proof"] !== null ? (facts["proof"] as Record<string, unknown>) : {};
      return {
        icon: state === "withdrawn" ? "withdrawn" : "granted",
        sentence: t(`timeline.consent.${state}`, { channel: channelWord(text("channel")) }),
        proof: proofWords({ origin: text("origin"), proof, state }, reader),
      };
    }
    case "inbound": {
      const type = inboundTypes.find((one) => one === facts["type"]);
      const what = type ? t(`timeline.inboundTypes.${type}`) : t("timeline.inboundTypes.other", { type: text("type") });
      const words = { number: text("number"), type: what };
      return {
        icon: "inbound",
        sentence:
          text("campaignName") === ""
            ? t("timeline.inbound", words)
            : t("timeline.inboundReply", { ...words, campaign: text("campaignName") }),
      };
    }
    case "message": {
      const words = { campaign: text("campaignName"), state: stateWords(text("state"), text("receipt"), text("reason")) };
      return {
        icon: facts["state"] === "failed" || facts["state"] === "skipped" ? "failed" : "message",
        sentence: t(facts["campaignKind"] === "test" ? "timeline.test" : "timeline.message", words),
        more: { path: `campaigns/${text("campaignId")}/recipients/${text("messageId")}`, word: t("timeline.why") },
      };
    }
    default:
      return { icon: "added", sentence: t("timeline.added") };
  }
}

function stateWords(state: string, receipt: string, reason: string): string {
  const t = wordsOf("contacts");
  const open = states.find((one) => one === state);
  const skip = open === "skipped" ? skipReasons.find((one) => one === reason) : undefined;
  if (open) {
    const word = t(`timeline.states.${open}`);
    return skip ? t("timeline.stateBecause", { state: word, reason: t(`timeline.skips.${skip}`) }) : word;
  }
  const told = receipt === "played" ? "read" : receipts.find((one) => one === receipt);
  return t(`timeline.states.${told ?? "accepted"}`);
}

export function channelWord(given: string): string {
  const channel = channels.find((one: Channel) => one === given);
  return channel ? wordsOf("contacts")(`person.channels.${channel}`) : given;
}
