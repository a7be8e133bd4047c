"use client";
import type { Role } from "@herald/kernel";
import { Button, ButtonLink } from "@herald/ui/button";
import { ErrorState } from "@herald/ui/error-state";
import { LoneCardTitle } from "@herald/ui/lone-card";
import { SkeletonText } from "@herald/ui/skeleton";
import { useRouter } from "next/navigation";
import { useCallback, useEffect, useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { callDoor, type DoorProblem } from "../../acting/call-door.ts";
import { ProblemState } from "../../acting/problem-words.client.tsx";
import { useAct } from "../../acting/use-act.client.ts";
import classes from "./invitation.module.css";
import { InvitedSignIn, type PasswordRule } from "./invited-sign-in.client.tsx";

type Invited = { readonly workspaceName: string; readonly email: string; readonly role: Role; readonly expiresAt: string };
type Joined = { readonly workspaceId: string };
type Look =
  | { readonly state: "looking" }
  | { readonly state: "noToken" }
  | { readonly state: "refused"; readonly problem: DoorProblem }
  | { readonly state: "open"; readonly token: string; readonly invited: Invited };

const accept = (token: string) => callDoor<Joined>("/api/invitations/accept", { method: "POST", body: { token } });

export type InvitationProps = { readonly signedInAs: string | null; readonly zone: string; readonly rule: PasswordRule };

/** What a link invites to, and the way in. The token is read from behind the `#` and travels in bodies only. */
export function Invitation({ signedInAs, zone, rule }: InvitationProps) {
  const t = useTranslations("invitation");
  const router = useRouter();
  const [look, setLook] = useState<Look>({ state: "looking" });
  const enter = useCallback(
    ({ workspaceId }: Joined) => {
      router.replace(`/panel/w/${workspaceId}/campaigns`);
      router.refresh();
    },
    [router],
  );

  useEffect(() => {
    const read = async (): Promise<void> => {
      const token = location.hash.slice(1);
      if (token === "") return setLook({ state: "noToken" });
      const found = await callDoor<Invited>("/api/invitations/look", { method: "POST", body: { token } });
      if (found.ok) return setLook({ state: "open", token, invited: found.value });
      // whoever used it comes by the same link again: that changes nothing, and leads in
      const again = found.error.type === "invitation_used" && signedInAs !== null ? await accept(token) : null;
      if (again?.ok) return enter(again.value);
      setLook({ state: "refused", problem: found.error });
    };
    const onHash = (): void => void read();
    onHash();
    window.addEventListener("hashchange", onHash);
    return () => window.removeEventListener("hashchange", onHash);
  }, [enter, signedInAs]);

  const toSignIn = <ButtonLink href="/sign-in">{t("signInInstead")}</ButtonLink>;
  if (look.state === "looking") return <SkeletonText lines={5} label={t("looking")} />;
  if (look.state === "noToken")
    return <ErrorState title={t("noToken.title")} meaning={t("noToken.detail")} cure={t("noToken.cure")} action={toSignIn} />;
  if (look.state === "refused") return <ProblemState problem={look.problem} action={toSignIn} />;
  return <Open {...look} signedInAs={signedInAs} zone={zone} rule={rule} onJoined={enter} />;
}

function Open({
  token,
  invited: { workspaceName, email, role, expiresAt },
  signedInAs,
  zone,
  rule,
  onJoined,
}: Extract<Look, { readonly state: "open" }> &
  InvitationProps & {
    readonly onJoined: (joined: Joined) => void;
  }) {
  const t = useTranslations("invitation");
  const format = useFormatter();
  const at = format.dateTime(new Date(expiresAt), { dateStyle: "long", timeStyle: "short", timeZone: zone });
  const join = useCallback(() => accept(token), [token]);
  const roleWord = t(`as.${role}`);
  const isSamePerson = signedInAs?.toLowerCase() === email;
  return (
    <div className={classes.part}>
      <LoneCardTitle as="h2">{t("heading", { workspace: workspaceName })}</LoneCardTitle>
      <p className={classes.muted}>{t("lead", { role: roleWord, email, at })}</p>
      <p className={classes.muted}>{t(`roleMeans.${role}`)}</p>
      {signedInAs === null ? <InvitedSignIn token={token} email={email} rule={rule} join={join} onJoined={onJoined} /> : null}
      {isSamePerson ? (
        <JoinButton text={t("join", { workspace: workspaceName, role: roleWord })} signedInAs={email} join={join} onJoined={onJoined} />
      ) : null}
      {signedInAs !== null && !isSamePerson ? <SomebodyElse email={email} current={signedInAs} /> : null}
    </div>
  );
}

type JoinButtonProps = {
  readonly text: string;
  readonly signedInAs: string;
  readonly join: () => ReturnType<typeof accept>;
  readonly onJoined: (joined: Joined) => void;
};
function JoinButton({ text, signedInAs, join, onJoined }: JoinButtonProps) {
  const t = useTranslations("invitation");
  const { isBusy, act } = useAct();
  const [problem, setProblem] = useState<DoorProblem | null>(null);
  const press = async (): Promise<void> => {
    const joined = await act(join, (refused) => {
      setProblem(refused);
      return true;
    });
    if (joined) onJoined(joined);
  };
  return (
    <div className={classes.form}>
      {problem ? <ProblemState problem={problem} /> : null}
      <p>{t("signedInAs", { email: signedInAs })}</p>
      <Button variant="primary" size="large" isLoading={isBusy} onClick={() => void press()}>
        {text}
      </Button>
    </div>
  );
}

/** Signed in as another person: an invitation is for one address. Signing out stays on this page. */
function SomebodyElse({ email, current }: { readonly email: string; readonly current: string }) {
  const t = useTranslations("invitation.foreign");
  const router = useRouter();
  const { isBusy, act } = useAct();
  const signOut = async (): Promise<void> => {
    if (await act(() => callDoor("/api/auth/sign-out", { method: "POST" }))) router.refresh();
  };
  return (
    <ErrorState
      tone="warn"
      title={t("title")}
      meaning={t("detail", { email, current })}
      cure={t("cure", { email })}
      action={
        <Button isLoading={isBusy} onClick={() => void signOut()}>
          {t("verb")}
        </Button>
      }
    />
  );
}
