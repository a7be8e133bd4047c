import { expect, test } from "vitest";
import type { ProviderEvent } from "../webhook.ts";
import type { AccountHooks } from "./under-test.ts";

const accountId = "102290129340398";
const name = "spring_sale";
const language = "en_US";
const template = { name, language };

/** What happens to an account is told by the account's name, in words that ask nobody for the provider's own. */
export function accountConformance(hooks: AccountHooks, eventsOf: (rawBody: Uint8Array) => readonly ProviderEvent[]): void {
  const only = (rawBody: Uint8Array): ProviderEvent | undefined => eventsOf(rawBody)[0];

  test.each([true, false])("a template that may be sent (%s) names itself, and what that puts an end to", (isSendable) => {
    const event = only(hooks.templateStatus({ accountId, name, language, isSendable }));
    expect(event).toMatchObject({ kind: "template_status", providerAccountId: accountId, template, standing: { isSendable } });
    const stopped = only(hooks.templateStatus({ accountId, name, language, isSendable: false }));
    if (event?.kind !== "template_status" || stopped?.kind !== "template_status") throw new Error("another kind of event");
    expect(event.standing.cures.includes(stopped.standing.status)).toBe(isSendable);
    expect(event.standing.status === "APPROVED").toBe(isSendable);
    expect(event.standing.refusals.length > 0).toBe(!isSendable);
  });

  test("another category and another content of a template are told as a change, the category by name", () => {
    const changed = { kind: "template_changed", providerAccountId: accountId, template };
    expect(only(hooks.templateCategory({ accountId, name, language, category: "MARKETING" }))).toMatchObject({
      ...changed,
      category: "MARKETING",
    });
    expect(only(hooks.templateContent({ accountId, name, language }))).toMatchObject({ ...changed, category: null });
  });

  test("a number whose pace changed is named by its digits", () => {
    expect(only(hooks.numberPace({ accountId, displayNumber: "15550783881" }))).toMatchObject({
      kind: "number_changed",
      providerAccountId: accountId,
      displayNumber: "15550783881",
    });
  });

  test.each([2000, null])("a portfolio's limit of %s is told as such", (limit) => {
    expect(only(hooks.portfolioLimit({ accountId, limit }))).toMatchObject({
      kind: "portfolio_limit",
      providerAccountId: accountId,
      limit,
    });
  });

  test("a restriction of the account is told, and its release puts an end to it", () => {
    const restricted = only(hooks.accountState({ accountId, isRestricted: true }));
    const released = only(hooks.accountState({ accountId, isRestricted: false }));
    if (restricted?.kind !== "account_state" || released?.kind !== "account_state") throw new Error("another kind of event");
    expect([restricted.isRestricted, released.isRestricted, released.topic]).toEqual([true, false, restricted.topic]);
    expect(released.cures).toContain(restricted.code);
    expect(restricted.refusals.length, "what it makes of messages is told with it").toBeGreaterThan(0);
  });
}
