"use client";
import { Avatar } from "@herald/ui/avatar";
import { Button } from "@herald/ui/button";
import { Menu } from "@herald/ui/menu";
import { LogOut } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "use-intl";
import { type Theme, themeCookie, themes } from "../../words/reader.ts";
import classes from "./shell.module.css";
import { useSignOut } from "./use-sign-out.client.ts";

const oneYearS = 31_536_000;

/** The signed-in person, the theme, and the way out. */
export function MemberMenu({ email, theme }: { readonly email: string | null; readonly theme: Theme }) {
  const t = useTranslations("shell");
  const router = useRouter();
  const { signOut } = useSignOut();
  const choose = (chosen: Theme): void => {
    document.cookie = `${themeCookie}=${chosen}; path=/; max-age=${oneYearS}; samesite=lax`;
    router.refresh();
  };
  const name = email ?? t("signedIn");
  return (
    <Menu
      trigger={
        <Button variant="ghost" icon={<Avatar name={name} size="small" />}>
          <span className={classes.email} title={name}>
            {name}
          </span>
        </Button>
      }
      items={[
        { kind: "heading", key: "theme", text: t("theme") },
        ...themes.map((one) => ({ key: one, text: t(`themes.${one}`), isChecked: one === theme, onSelect: () => choose(one) })),
        { kind: "line", key: "line" },
        { key: "out", text: t("signOut"), icon: <LogOut size={16} />, onSelect: signOut },
      ]}
    />
  );
}
