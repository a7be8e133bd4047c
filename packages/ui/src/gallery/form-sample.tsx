"use client";
import { z } from "zod";
import { Button } from "../button/button.tsx";
import { useZodForm } from "../forms/use-zod-form.ts";
import { TextField } from "../text-field/text-field.tsx";
import { showToast } from "../toast/toast.tsx";
import { Columns, Row } from "./section.tsx";

const invitation = z.object({
  email: z.email("Write an e-mail address, like ana@example.com."),
  name: z.string().min(2, "Write at least two letters."),
});
// a page imports its schema here; the gallery is looked at by nobody who waits
const loadInvitation = async () => invitation;

export function FormSample() {
  const form = useZodForm(loadInvitation, { email: "", name: "" });
  const { errors } = form.formState;
  const invite = form.handleSubmit(({ name }) => {
    showToast({ tone: "ok", title: `${name} is invited` });
    form.reset();
  });
  return (
    <form noValidate onSubmit={(event) => void invite(event)} style={{ display: "grid", gap: "var(--space-4)" }}>
      <Columns>
        <TextField label="Name" error={errors.name?.message} autoComplete="off" {...form.register("name")} />
        <TextField label="E-mail" type="email" error={errors.email?.message} autoComplete="off" {...form.register("email")} />
      </Columns>
      <Row>
        <Button type="submit" variant="primary">
          Invite to workspace
        </Button>
      </Row>
    </form>
  );
}
