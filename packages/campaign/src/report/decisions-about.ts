import type { DecisionEntry, MessageLine } from "./recipient-port.ts";

/**
 * Which of a campaign's decisions concern one message, oldest first. The audit log says what was decided and when, not about whom: a resend lies between
 * two attempts (or after the last one, of a message that waits for it), and there were as many as the message counts; a write-off and a
 * cancellation count while they are why the message stands where it does.
 */
export function decisionsAbout(message: MessageLine, entries: readonly DecisionEntry[]): readonly DecisionEntry[] {
  const resent = entries.filter(({ kind }) => kind === "resent");
  const resends = gapsOf(message)
    .map(({ fromMs, toMs }) => resent.findLast(({ atMs }) => fromMs < atMs && atMs <= toMs))
    .filter((entry) => entry !== undefined)
    .slice(0, message.resends);
  const last =
    message.state === "failed" && message.reason === "written_off"
      ? entries.findLast(({ kind, atMs }) => kind === "written_off" && atMs <= message.changedAtMs)
      : message.state === "skipped" && message.reason === "cancelled"
        ? entries.findLast(({ kind }) => kind === "cancelled")
        : undefined;
  return [...resends, ...(last === undefined ? [] : [last])];
}

function gapsOf({ attempts }: MessageLine): readonly { readonly fromMs: number; readonly toMs: number }[] {
  return attempts.map(({ intentAtMs }, at) => ({ fromMs: intentAtMs, toMs: attempts[at + 1]?.intentAtMs ?? Number.POSITIVE_INFINITY }));
}
