// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import wizard from "../../../words/en/wizard.json" with { type: "json" };
import { WordsProvider } from "../../../words/words-provider.client.tsx";
import { PeoplePicker } from "./people-picker.client.tsx";

vi.mock("../frame/wizard.client.tsx", () => ({ useWizard: () => ({ workspaceId: "w" }) }));
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

test("names that could not be read are asked for again by a press; until then each chip says what its button does", async () => {
  const people = [{ contactId: "c1", displayName: "Ana Almeida", phone: null, hasConsent: true }];
  const ask = vi.fn<() => Promise<Response>>().mockRejectedValueOnce(new Error("away"));
  vi.stubGlobal(
    "fetch",
    ask.mockImplementation(async () => Response.json({ people })),
  );
  render(
    <WordsProvider messages={{ wizard }} zone="UTC" nowMs={0}>
      <PeoplePicker chosen={["c1", "c2"]} onChange={() => undefined} />
    </WordsProvider>,
  );
  const { namesFailed, readNames, unnamed } = wizard.audience.persons;
  await screen.findByText(namesFailed);
  expect(screen.getAllByText(unnamed)).toHaveLength(2);
  expect(screen.getByRole("button", { name: "Remove person 2 of 2, whose name is not read yet" })).toBeDefined();
  fireEvent.click(screen.getByRole("button", { name: readNames }));
  expect(await screen.findByRole("button", { name: "Remove Ana Almeida" })).toBeDefined();
  expect(screen.getByText(wizard.audience.gone)).toBeDefined();
  await waitFor(() => expect(screen.queryByText(namesFailed)).toBeNull());
  expect(ask).toHaveBeenCalledTimes(2);
});
