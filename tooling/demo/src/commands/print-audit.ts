import type { Audit } from "../run-campaign.ts";

/** The ledger beside the truth, as an operator would want to check it. */
export function describeAudit({ ledger, comparison, conversations, problems }: Audit): string {
  const given = (ledger.counts["failed"] ?? 0) > 0 ? " (the provider refused or failed some, as the demo's script wants)" : "";
  const parts = Object.entries(ledger.counts).filter(([, count]) => count !== 0);
  const number = (count: number) => count.toLocaleString("en");
  return [
    `  status ${ledger.status}${given}`,
    `  planned ${number(ledger.planned)} = ${parts.map(([bucket, count]) => `${bucket} ${number(count)}`).join(" + ")}   ${comparison.isBalanced ? "✓ balances" : "✗ DOES NOT BALANCE"}`,
    `  the provider's own truth: ${number(comparison.acceptedThere)} accepted, ${number(comparison.refusedThere)} refused (${number(comparison.triedAgain)} of them tried again), ${comparison.doubled} sent twice, ${comparison.lost} lost, ${comparison.ambiguous} unclear`,
    `  MongoDB: ${number(conversations.messages)} messages in ${number(conversations.conversations)} conversations, ${number(conversations.replies)} replies, ${conversations.repeated} stored twice`,
    ...(problems.length === 0
      ? ["  ✓ ledger, provider and MongoDB agree, message by message"]
      : problems.map((problem) => `  ✗ ${problem}`)),
  ].join("\n");
}
