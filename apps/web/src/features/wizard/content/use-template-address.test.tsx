// @vitest-environment jsdom
import { act, cleanup, render } from "@testing-library/react";
import { Suspense, startTransition, use, useState } from "react";
import { afterEach, expect, test, vi } from "vitest";
import { type TemplateAddress, useTemplateAddress } from "./use-template-address.client.ts";

const hands = vi.hoisted(() => ({ replace: (_href: string): void => undefined, params: new URLSearchParams() }));
const router = vi.hoisted(() => ({ replace: (href: string) => hands.replace(href) }));
vi.mock("next/navigation", () => ({ useRouter: () => router, usePathname: () => "/content", useSearchParams: () => hands.params }));
afterEach(cleanup);

type Way = { readonly query: Readonly<Record<string, string>>; readonly arrive: (served?: URLSearchParams) => Promise<void> };
/** The step of a draft under a router as Next's: a page that is on its way is suspended in a transition. */
function open(address: string, sender: string) {
  const ways: Way[] = [];
  const told: { choose?: ReturnType<typeof useTemplateAddress>["choose"]; send?: (sender: string) => void; wanted?: TemplateAddress } = {};
  function Route() {
    const [page, setPage] = useState<URLSearchParams | Promise<URLSearchParams>>(new URLSearchParams(address));
    const params = page instanceof Promise ? use(page) : page;
    hands.params = params;
    hands.replace = (href) => {
      const asked = new URLSearchParams(href.split("?")[1]);
      const { promise, resolve } = Promise.withResolvers<URLSearchParams>();
      ways.push({
        query: Object.fromEntries(asked),
        arrive: (served = asked) =>
          act(async () => {
            resolve(served);
            await promise;
          }),
      });
      startTransition(() => setPage(promise));
    };
    return <Panel params={params} />;
  }
  function Panel({ params }: { readonly params: URLSearchParams }) {
    const [chosen, setChosen] = useState(sender);
    const one = (key: string): string => params.get(key) ?? "";
    const shown = { words: one("q"), category: one("category"), language: one("language"), status: one("status") };
    const { choose, wanted } = useTemplateAddress({ ...shown, source: params.get("source") ?? "a" }, chosen);
    Object.assign(told, { choose, wanted, send: setChosen });
    return null;
  }
  render(
    <Suspense>
      <Route />
    </Suspense>,
  );
  return {
    ways,
    wanted: () => told.wanted,
    press: (change: Partial<TemplateAddress>) => act(async () => told.choose?.((before) => ({ ...before, ...change }))),
    chooseSenderOf: (source: string) => act(async () => told.send?.(source)),
  };
}

test("a filter that was just pressed stays when the sender's account is another one", async () => {
  const { ways, press, chooseSenderOf } = open("from=home", "a");
  expect(ways).toHaveLength(0);
  await press({ category: "UTILITY" });
  await chooseSenderOf("b");
  expect(ways.at(-1)?.query).toEqual({ from: "home", category: "UTILITY", source: "b" });
});

test("a filter that is pressed while the templates of another account are on their way is of that account", async () => {
  const { ways, press, chooseSenderOf, wanted } = open("", "a");
  await chooseSenderOf("b");
  await press({ category: "UTILITY" });
  expect(ways.at(-1)?.query).toEqual({ category: "UTILITY", source: "b" });
  await ways[0]?.arrive();
  await ways[1]?.arrive();
  expect(wanted()).toMatchObject({ category: "UTILITY", source: "b" });
  expect(ways).toHaveLength(2);
});

test("a language of one account's templates is none of another's", async () => {
  const { ways, chooseSenderOf } = open("language=de&q=sale", "a");
  await chooseSenderOf("b");
  expect(ways.at(-1)?.query).toEqual({ q: "sale", source: "b" });
});

test("an account whose templates are not to be had is asked for once, and the one before again when it is chosen", async () => {
  const { ways, chooseSenderOf } = open("", "a");
  await chooseSenderOf("b");
  await ways[0]?.arrive(new URLSearchParams("source=a"));
  expect(ways).toHaveLength(1);
  await chooseSenderOf("c");
  expect(ways.at(-1)?.query).toEqual({ source: "c" });
  await ways[1]?.arrive();
  await chooseSenderOf("b");
  expect(ways.at(-1)?.query).toEqual({ source: "b" });
});
