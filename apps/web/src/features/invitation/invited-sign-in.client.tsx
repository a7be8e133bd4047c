"use client";
import type { Result } from "@herald/kernel";
import { Button } from "@herald/ui/button";
import { TextField } from "@herald/ui/text-field";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { useTranslations } from "use-intl";
import { callDoor, type DoorProblem } from "../../acting/call-door.ts";
import { ProblemState } from "../../acting/problem-words.client.tsx";
import { useAct } from "../../acting/use-act.client.ts";
import classes from "./invitation.module.css";

/** Of the domain, given with the page. */
export type PasswordRule = { readonly minCharacters: number; readonly maxBytes: number };
export type InvitedSignInProps<Joined> = {
  readonly token: string;
  readonly email: string;
  readonly rule: PasswordRule;
  readonly join: () => Promise<Result<Joined, DoorProblem>>;
  readonly onJoined: (joined: Joined) => void;
};

/** A new account for the invited address, or the one that there is: then in. The address is the invitation's and cannot be changed. */
export function InvitedSignIn<Joined>({ token, email, rule, join, onJoined }: InvitedSignInProps<Joined>) {
  const t = useTranslations("invitation");
  const router = useRouter();
  const { isBusy, act } = useAct();
  const [hasAccount, setHasAccount] = useState(false);
  const [password, setPassword] = useState("");
  const [error, setError] = useState<string | null>(null);
  const [problem, setProblem] = useState<DoorProblem | null>(null);
  const tell = (refused: DoorProblem): true => {
    setProblem(refused);
    return true;
  };

  const mistakeIn = (text: string): string | null => {
    if (hasAccount) return text === "" ? t("passwordNeeded") : null;
    if (text.length < rule.minCharacters) return t("passwordShort", { min: rule.minCharacters });
    return new TextEncoder().encode(text).length > rule.maxBytes ? t("passwordLong", { max: rule.maxBytes }) : null;
  };
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const mistake = mistakeIn(password);
    setError(mistake);
    setProblem(null);
    if (mistake !== null) return;
    const signedIn = await act(
      () =>
        hasAccount
          ? callDoor("/api/auth/sign-in", { method: "POST", body: { email, password } })
          : callDoor("/api/auth/sign-up", { method: "POST", body: { token, password } }),
      tell,
    );
    if (signedIn === null) return;
    const joined = await act(join, tell);
    if (joined !== null) onJoined(joined);
    // signed in, and yet not in: the page goes on from there
    else router.refresh();
  };

  return (
    <form className={classes.form} onSubmit={(event) => void submit(event)} noValidate>
      {problem ? <ProblemState problem={problem} /> : null}
      <TextField label={t("email")} type="email" autoComplete="username" value={email} readOnly />
      <TextField
        label={t(hasAccount ? "password" : "passwordNew")}
        type="password"
        autoComplete={hasAccount ? "current-password" : "new-password"}
        hint={hasAccount ? undefined : t("passwordHint", { min: rule.minCharacters })}
        error={error ?? undefined}
        value={password}
        onChange={(event) => {
          setPassword(event.target.value);
          if (error !== null) setError(mistakeIn(event.target.value));
        }}
      />
      <Button type="submit" variant="primary" size="large" isLoading={isBusy}>
        {t(hasAccount ? "signIn" : "create")}
      </Button>
      <Button
        variant="ghost"
        onClick={() => {
          setHasAccount(!hasAccount);
          setError(null);
          setProblem(null);
        }}
      >
        {t(hasAccount ? "hasNone" : "hasAccount")}
      </Button>
    </form>
  );
}
