// @vitest-environment jsdom
import { act, render, screen } from "@testing-library/react";
import { Suspense, startTransition, use, useState } from "react";
import { expect, it } from "vitest";
import { browserLike } from "../testing/dom.ts";
import { useWanted } from "./use-wanted.ts";

browserLike();

type Choice = { readonly status?: string; readonly tag?: string };
type Way = { readonly to: Choice; readonly arrive: () => Promise<void> };
type Screen = {
  readonly choose: (...changes: readonly Choice[]) => Promise<void>;
  readonly goElsewhere: (to: Choice) => Promise<void>;
  readonly ways: readonly Way[];
};

/** A router as Next's: a page that is on its way is suspended in a transition, and the newest way is the one that counts. */
function open(): Screen {
  const ways: Way[] = [];
  const hands: { go?: (to: Choice) => void; choose?: (change: Choice) => void } = {};
  function Address() {
    const [page, setPage] = useState<Choice | Promise<Choice>>({});
    const shown = page instanceof Promise ? use(page) : page;
    hands.go = (to) => {
      const { promise, resolve } = Promise.withResolvers<Choice>();
      ways.push({
        to,
        arrive: async () => {
          await act(async () => {
            resolve(to);
            await promise;
          });
        },
      });
      startTransition(() => setPage(promise));
    };
    return <Filters shown={shown} />;
  }
  function Filters({ shown }: { readonly shown: Choice }) {
    const { wanted, isPending, choose } = useWanted(shown);
    hands.choose = (change) =>
      choose(
        (before) => ({ ...before, ...change }),
        (next) => hands.go?.(next),
      );
    return <output data-pending={isPending}>{JSON.stringify({ shown, wanted })}</output>;
  }
  render(
    <Suspense>
      <Address />
    </Suspense>,
  );
  return {
    ways,
    choose: (...changes) =>
      act(async () => {
        for (const change of changes) hands.choose?.(change);
      }),
    goElsewhere: (to) => act(async () => hands.go?.(to)),
  };
}
const told = (): { readonly shown: Choice; readonly wanted: Choice } =>
  JSON.parse(screen.getByRole("status").textContent) as { readonly shown: Choice; readonly wanted: Choice };

it("shows what was chosen at once, while its page is on its way", async () => {
  const { choose, ways } = open();
  await choose({ status: "failed" });
  expect(told()).toEqual({ shown: {}, wanted: { status: "failed" } });
  expect(screen.getByRole("status").dataset["pending"]).toBe("true");
  await ways[0]?.arrive();
  expect(told()).toEqual({ shown: { status: "failed" }, wanted: { status: "failed" } });
  expect(screen.getByRole("status").dataset["pending"]).toBe("false");
});

it("begins a second choice where the first ended, though no page shows the first", async () => {
  const { choose, ways } = open();
  await choose({ status: "failed" });
  await choose({ tag: "vip" });
  expect(ways.map(({ to }) => to)).toEqual([{ status: "failed" }, { status: "failed", tag: "vip" }]);
  await ways[1]?.arrive();
  expect(told().shown).toEqual({ status: "failed", tag: "vip" });
});

it("is not led back by the page of the first choice that comes late", async () => {
  const { choose, ways } = open();
  await choose({ status: "failed" });
  await choose({ tag: "vip" });
  await ways[0]?.arrive();
  expect(told().wanted).toEqual({ status: "failed", tag: "vip" });
  await choose({ status: "paused" });
  expect(ways[2]?.to).toEqual({ status: "paused", tag: "vip" });
});

it("takes both of two choices that are made before the page is drawn again", async () => {
  const { choose, ways } = open();
  await choose({ status: "failed" }, { tag: "vip" });
  expect(ways[1]?.to).toEqual({ status: "failed", tag: "vip" });
});

it("begins at the address that another way led to", async () => {
  const { choose, goElsewhere, ways } = open();
  await choose({ status: "failed" });
  await goElsewhere({ tag: "new" });
  await ways[1]?.arrive();
  expect(told()).toEqual({ shown: { tag: "new" }, wanted: { tag: "new" } });
  await choose({ status: "paused" });
  expect(ways[2]?.to).toEqual({ tag: "new", status: "paused" });
});
