"use client";
import { type AnchorProps, LinkProvider } from "@herald/ui/link";
import { Toaster } from "@herald/ui/toast";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { type ComponentProps, type ReactNode, useEffect } from "react";
import { useTranslations } from "use-intl";
import { zoneCookie } from "../../words/reader.ts";

const oneYearS = 31_536_000;

/** What every page stands in: links that change pages without a reload, a place for notices, and the reader's zone told to the server. */
export function Frame({ children }: { readonly children: ReactNode }) {
  const t = useTranslations("base");
  useTellZone();
  return (
    <LinkProvider anchor={RouterLink}>
      {children}
      <Toaster label={t("notices")} />
    </LinkProvider>
  );
}

/** Next's types name optional handlers without `undefined`, React's name them with it. */
const RouterLink = (props: AnchorProps) => <Link {...(props as ComponentProps<typeof Link>)} />;

/** A server cannot know where the reader is; the browser says it once, and the page is rendered again in that zone. */
function useTellZone(): void {
  const router = useRouter();
  useEffect(() => {
    const line = `${zoneCookie}=${encodeURIComponent(Intl.DateTimeFormat().resolvedOptions().timeZone)}`;
    if (document.cookie.split("; ").includes(line)) return;
    document.cookie = `${line}; path=/; max-age=${oneYearS}; samesite=lax`;
    router.refresh();
  }, [router]);
}
