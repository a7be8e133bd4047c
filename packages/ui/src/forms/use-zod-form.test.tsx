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

function Form({ send }: { readonly send: () => void }) {
  const form = useZodForm(Invitation, { name: "", email: "" });
  const { errors } = form.formState;
  const submit = form.handleSubmit(() => {
    send();
    showRefusals(form, [{ field: "email", message: "Ana is already a member." }]);
  });
  return (
    <form noValidate onSubmit={(event) => void submit(event)}>
      <TextField label="Name" hint="As colleagues know them." error={errors.name?.message} {...form.register("name")} />
      <TextField label="E-mail" error={errors.email?.message} {...form.register("email")} />
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
