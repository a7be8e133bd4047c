import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Outcome } from "../outcome.ts";
import type { MessageProvider } from "../provider.ts";
import { aMessage, anAccount } from "./factories.ts";
import type { ProviderUnderTest, Script, ScriptedServer } from "./under-test.ts";

const providerMessageId = "wamid.conformance";
const totalTimeoutMs = 200;
const notAfterMs = 1000;

/** Every request of a send ends in exactly one outcome, and the outcome says truly whether the message may have gone out. */
export function sendConformance(subject: ProviderUnderTest): void {
  describe("sending", () => {
    let server: ScriptedServer;
    let provider: MessageProvider;
    let nowMs: number;

    beforeEach(async () => {
      nowMs = 0;
      server = await subject.server();
      provider = subject.create({ baseUrl: server.baseUrl, monotonicMs: () => nowMs, totalTimeoutMs });
    });
    afterEach(async () => {
      await provider.close();
      await server.close();
    });

    const send = (opaqueId = "opaque"): Promise<Outcome> => provider.send(anAccount(), aMessage({ opaqueId }), { notAfterMs });
    const sendTo = (script: Script): Promise<Outcome> => {
      server.answerNext(script);
      return send();
    };

    test("an acceptance carries the provider's id", async () => {
      expect(await sendTo({ kind: "accept", providerMessageId })).toEqual({ kind: "accepted", providerMessageId, isHeld: false });
    });

    test("a message that the provider holds back is accepted and held", async () => {
      expect(await sendTo({ kind: "hold", providerMessageId })).toEqual({ kind: "accepted", providerMessageId, isHeld: true });
    });

    test.each(subject.refusals)("a refusal of class %s is told as such", async (refusal) => {
      expect(await sendTo({ kind: "refuse", class: refusal })).toMatchObject({ kind: "refused", class: refusal });
    });

    test.each([
      [{ kind: "accept_then_cut" }, "connection_lost"],
      [{ kind: "hang" }, "timeout"],
      [{ kind: "error_without_envelope" }, "unreadable_answer"],
      [{ kind: "truncated_answer" }, "unreadable_answer"],
    ] as const)("law L3: after $kind the outcome is ambiguous, and the request is not written again", async (script, cause) => {
      expect(await sendTo(script)).toMatchObject({ kind: "ambiguous", cause });
      expect(server.receivedOpaqueIds()).toEqual(["opaque"]);
    });

    test("a provider that cannot be reached leaves the message not started", async () => {
      const unreachable = subject.create({ baseUrl: await subject.deadBaseUrl(), monotonicMs: () => nowMs, totalTimeoutMs });
      expect(await unreachable.send(anAccount(), aMessage(), { notAfterMs })).toEqual({ kind: "not_started", cause: "no_connection" });
      await unreachable.close();
    });

    test("laws L2, L5: after the window not one byte is written", async () => {
      nowMs = notAfterMs + 0.001;
      expect(await send()).toEqual({ kind: "not_started", cause: "too_late" });
      expect(server.bytesReceived()).toBe(0);
    });

    test("laws L2, L5: a window that ends while the connection opens writes nothing either", async () => {
      const outcome = send();
      nowMs = notAfterMs + 1;
      expect(await outcome).toEqual({ kind: "not_started", cause: "too_late" });
      expect(server.bytesReceived()).toBe(0);
    });

    test("the window's last moment still counts", async () => {
      nowMs = notAfterMs;
      expect(await sendTo({ kind: "accept", providerMessageId })).toMatchObject({ kind: "accepted" });
    });

    test("a message that was too late goes out when it is sent again in time", async () => {
      nowMs = notAfterMs + 1;
      await send();
      nowMs = 0;
      expect(await sendTo({ kind: "accept", providerMessageId })).toMatchObject({ kind: "accepted" });
      expect(server.receivedOpaqueIds()).toEqual(["opaque"]);
    });

    test("after close nothing begins", async () => {
      await provider.close();
      expect(await send()).toEqual({ kind: "not_started", cause: "cancelled" });
    });

    test("the opaque id reaches the provider unchanged, up to 512 characters", async () => {
      server.answerNext({ kind: "accept", providerMessageId });
      const opaqueId = "1:".padEnd(512, "x");
      await send(opaqueId);
      expect(server.receivedOpaqueIds()).toEqual([provider.capabilities.echoesOpaqueId ? opaqueId : null]);
    });
  });
}
