import type { Block } from "../dispatch/blocks.ts";
import type { CheckBlock, MediaCheck, PlaceholdersCheck, SenderCheck, TemplateCheck } from "./campaign-checks.ts";
import { isMediaRefused, mediaLinkOf } from "./check-campaign.ts";
import { type Known, previewOf } from "./known-content.ts";

export function senderCheck({ content, sender, condition, blocks, maySend }: Known): SenderCheck {
  const killedBy = condition?.killedBy ?? null;
  const own = sender ? blocksOf(blocks, { number: sender.senderId, waba: sender.sourceId }) : [];
  const facts = { displayNumber: sender?.displayNumber ?? null, killedBy, blocks: own };
  const bad = (problem: SenderCheck["facts"]["problem"]): SenderCheck => ({ key: "sender", state: "bad", facts: { ...facts, problem } });
  if (content.senderId === undefined) return bad("not_chosen");
  if (!sender) return bad("not_found");
  if (!sender.isConnected) return bad("not_connected");
  if (!maySend) return bad("not_allowed");
  const waits = killedBy !== null ? "killed" : own.length > 0 ? "blocked" : null;
  return { key: "sender", state: waits === null ? "ok" : "warn", facts: { ...facts, problem: waits } };
}

export function templateCheck({ content, sender, template, unsupportedParts, blocks }: Known): TemplateCheck {
  const found = template?.ok ? template.value : null;
  const own = found ? blocksOf(blocks, { template: found.templateId }) : [];
  const facts = {
    status: found?.status ?? null,
    category: found?.frozen.category ?? null,
    approvedLanguages: [] as readonly string[],
    unsupportedParts,
    blocks: own,
  };
  if (!content.template) return { key: "template", state: "bad", facts: { ...facts, problem: "not_chosen" } };
  if (!sender || !template) return { key: "template", state: "warn", facts: { ...facts, problem: "not_known" } };
  if (!template.ok) {
    const { status, approvedLanguages } = template.error;
    const problem = status === "MISSING" ? "missing" : "not_approved";
    return { key: "template", state: "bad", facts: { ...facts, status, approvedLanguages, problem } };
  }
  if (unsupportedParts.length > 0) return { key: "template", state: "bad", facts: { ...facts, problem: "unsupported_part" } };
  return own.length > 0
    ? { key: "template", state: "warn", facts: { ...facts, problem: "blocked" } }
    : { key: "template", state: "ok", facts: { ...facts, problem: null } };
}

export function placeholdersCheck(known: Known): PlaceholdersCheck {
  const { missing, unknown, audience } = known;
  const preview = previewOf(known);
  const facts = {
    missing,
    unknown,
    fallbacks: preview?.fallbacks ?? {},
    peopleWithoutValue: preview?.missingVariables ?? {},
    contactId: audience && !audience.ok ? audience.error.contactId : null,
  };
  const told = (state: PlaceholdersCheck["state"], problem: PlaceholdersCheck["facts"]["problem"]): PlaceholdersCheck => ({
    key: "placeholders",
    state,
    facts: { ...facts, problem },
  });
  if (missing.length > 0) return told("bad", "missing");
  if (unknown.length > 0) return told("bad", "unknown");
  if (facts.contactId !== null) return told("bad", "too_large");
  if (Object.keys(facts.peopleWithoutValue).length > 0) return told("warn", "people_without_value");
  return preview ? told("ok", null) : told("warn", "not_known");
}

export function mediaCheck({ content, template }: Known): MediaCheck {
  const link = mediaLinkOf(content.variables ?? {});
  const isNeeded = template?.ok ? template.value.frozen.headerKind !== "none" && template.value.frozen.headerKind !== "text" : null;
  if (isMediaRefused(link)) return { key: "media", state: "bad", facts: { isNeeded, link, problem: "not_https" } };
  return isNeeded === null
    ? { key: "media", state: "warn", facts: { isNeeded, link, problem: "not_known" } }
    : { key: "media", state: "ok", facts: { isNeeded, link, problem: null } };
}

function blocksOf(blocks: readonly Block[], ids: Partial<Record<Block["scope"], string>>): readonly CheckBlock[] {
  return blocks
    .filter(({ scope, scopeId }) => ids[scope] === scopeId)
    .map(({ blockId, class: cls, code, detail }) => ({ blockId, class: cls, code, detail }));
}
