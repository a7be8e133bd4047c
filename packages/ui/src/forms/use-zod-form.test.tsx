// @vitest-environment jsdom
import { render, screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { z } from "zod";
import { Button } from "../button/button.tsx";
import { browserLike } from "../testing/dom.ts";
import { TextField } from "../text-field/text-field.tsx";
import { showRefusals, useZodForm } from "./use-zod-form.ts";

browserLike();

const Invitation = z.object({ name: z.string().min(2, "Write at least two letters."), email: z.email("Write an e-mail address.") });

const atOnce = async () => Invitation;

function Form({ send, load = atOnce }: { readonly send: () => void; readonly load?: typeof atOnce }) {
  const form = useZodForm(load, { name: "", email: "" });
  const { errors } = form.formState;
  const submit = form.handleSubmit(() => {
    send();
    showRefusals(form, [{ field: "email", message: "Ana is already a member." }]);
  });
  return (
    <form noValidate onSubmit={(event) => void submit(event)}>
      <TextField label="Name" hint="As colleagues know them." error={errors.name?.message} {...form.register("name")} />
      <TextField label="E-mail" error={errors.email?.message} {...form.register("email")} />
      {form.isUnchecked ? <p role="alert">Not checked</p> : null}
      <Button type="submit">Invite</Button>
    </form>
  );
}

const described = (field: HTMLElement): string[] =>
  (field.getAttribute("aria-describedby") ?? "").split(" ").map((id) => document.getElementById(id)?.textContent ?? "");

it("reads the error and the hint with the field, and moves the focus to the first that is wrong", async () => {
  const user = userEvent.setup();
  const send = vi.fn<() => void>();
  render(<Form send={send} />);
  await user.click(screen.getByRole("button", { name: "Invite" }));
  const name = screen.getByRole("textbox", { name: "Name" });
  await waitFor(() => expect(name.getAttribute("aria-invalid")).toBe("true"));
  expect(described(name)).toEqual(["Write at least two letters.", "As colleagues know them."]);
  expect(document.activeElement).toBe(name);
  expect(send).not.toHaveBeenCalled();
});

it("puts the server's refusal beside its field and keeps what was typed", async () => {
  const user = userEvent.setup();
  render(<Form send={vi.fn<() => void>()} />);
  await user.type(screen.getByRole("textbox", { name: "Name" }), "Ana");
  const email = screen.getByRole("textbox", { name: "E-mail" });
  await user.type(email, "ana@example.com{Enter}");
  await waitFor(() => expect(described(email)).toEqual(["Ana is already a member."]));
  expect((email as HTMLInputElement).value).toBe("ana@example.com");
});

const box = (name: string): HTMLInputElement => screen.getByRole<HTMLInputElement>("textbox", { name });
const press = (user: ReturnType<typeof userEvent.setup>): Promise<void> => user.click(screen.getByRole("button", { name: "Invite" }));

it("fetches its rules with the first focus, not with the page, and once", async () => {
  const user = userEvent.setup();
  const load = vi.fn<typeof atOnce>(atOnce);
  render(<Form send={vi.fn<() => void>()} load={load} />);
  expect(load).not.toHaveBeenCalled();
  await user.click(box("Name"));
  expect(load).toHaveBeenCalledOnce();
  await user.type(box("Name"), "A");
  await user.tab();
  await waitFor(() => expect(described(box("Name"))).toContain("Write at least two letters."));
  expect(load).toHaveBeenCalledOnce();
});

it("holds a submit back until the rules are there, and then to them", async () => {
  const user = userEvent.setup();
  const send = vi.fn<() => void>();
  const arrival = Promise.withResolvers<typeof Invitation>();
  const load = (): Promise<typeof Invitation> => arrival.promise;
  render(<Form send={send} load={load} />);
  await user.type(box("Name"), "A");
  await user.type(box("E-mail"), "ana@example.com{Enter}");
  expect(send).not.toHaveBeenCalled();
  arrival.resolve(Invitation);
  await waitFor(() => expect(described(box("Name"))).toContain("Write at least two letters."));
  expect(send).not.toHaveBeenCalled();
  await user.type(box("Name"), "na{Enter}");
  await waitFor(() => expect(send).toHaveBeenCalledOnce());
});

it("sends nothing that it could not check, keeps what was typed, and fetches the rules again with the next submit", async () => {
  const user = userEvent.setup();
  const send = vi.fn<() => void>();
  const load = vi.fn<typeof atOnce>(() => Promise.reject(new Error("no connection")));
  render(<Form send={send} load={load} />);
  await user.type(box("Name"), "Ana");
  await user.type(box("E-mail"), "ana@example.com");
  expect(screen.queryByRole("alert"), "only a submit that went nowhere is worth a word").toBeNull();
  await press(user);
  expect(await screen.findByText("Not checked")).toBeDefined();
  expect(send).not.toHaveBeenCalled();
  expect([box("Name").value, box("E-mail").value]).toEqual(["Ana", "ana@example.com"]);
  load.mockImplementation(atOnce);
  await press(user);
  await waitFor(() => expect(send).toHaveBeenCalledOnce());
  expect(screen.queryByText("Not checked")).toBeNull();
});
