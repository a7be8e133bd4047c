// @vitest-environment jsdom
import { render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { browserLike } from "../testing/dom.ts";
import { BalanceLine } from "./balance-line.tsx";

browserLike();

const line = (accepted: number): string => {
  render(
    <BalanceLine
      label="Balance"
      locale="en-GB"
      whole={{ key: "p", word: "planned", count: 4812 }}
      terms={[
        { key: "w", word: "waiting", count: 1196 },
        { key: "a", word: "accepted", count: accepted },
      ]}
      balancesText="balances"
      offByText={(difference) => `${difference} unaccounted for`}
    />,
  );
  return screen.getByRole("group", { name: "Balance" }).textContent ?? "";
};

it("says that it balances when the terms add up", () => {
  expect(line(3616)).toBe("planned 4,812=waiting 1,196+accepted 3,616balances");
});

it("never says that it balances when they do not, and says by how much", () => {
  expect(line(3604)).toContain("12 unaccounted for");
});
