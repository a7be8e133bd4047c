"use client";
import { Button } from "@herald/ui/button";
import { TextField } from "@herald/ui/text-field";
import { useZodForm } from "@herald/ui/use-zod-form";
import { useRouter } from "next/navigation";
import { useCallback, useState } from "react";
import { useTranslations } from "use-intl";
import { callDoor, type DoorProblem } from "../../acting/call-door.ts";
import { ProblemState } from "../../acting/problem-words.client.tsx";
import { UncheckedForm } from "../../acting/unchecked-form.client.tsx";
import { useAct } from "../../acting/use-act.client.ts";
import { useHydrated } from "../../acting/use-hydrated.client.ts";
import classes from "./sign-in.module.css";

export function SignInForm({ next }: { readonly next: string }) {
  const t = useTranslations("signIn");
  const router = useRouter();
  const { isBusy, act } = useAct();
  const isHydrated = useHydrated();
  const [problem, setProblem] = useState<DoorProblem | null>(null);
  const loadSchema = useCallback(async () => {
    const { signInSchema } = await import("./sign-in-schema.ts");
    return signInSchema({ email: t("emailNeeded"), password: t("passwordNeeded") });
  }, [t]);
  const { register, handleSubmit, formState, isUnchecked } = useZodForm(loadSchema, { email: "", password: "" });

  const signIn = handleSubmit(async (credentials) => {
    setProblem(null);
    const done = await act(
      () => callDoor("/api/auth/sign-in", { method: "POST", body: credentials }),
      (refused) => {
        setProblem(refused);
        return true;
      },
    );
    if (done === null) return;
    // what stands after the # came along without any server seeing it: an invitation's token
    router.replace(`${next}${location.hash}`);
    router.refresh();
  });

  // `post`: were it ever sent by the browser itself, a password must not end in an address
  return (
    <form className={classes.form} method="post" onSubmit={(event) => void signIn(event)} noValidate>
      {isUnchecked ? <UncheckedForm /> : problem ? <ProblemState problem={problem} /> : null}
      <TextField label={t("email")} type="email" autoComplete="username" error={formState.errors.email?.message} {...register("email")} />
      <TextField
        label={t("password")}
        type="password"
        autoComplete="current-password"
        error={formState.errors.password?.message}
        {...register("password")}
      />
      <Button type="submit" variant="primary" size="large" isLoading={isBusy || formState.isSubmitting} disabled={!isHydrated}>
        {t("verb")}
      </Button>
    </form>
  );
}
