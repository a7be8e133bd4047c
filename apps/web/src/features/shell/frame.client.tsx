"use client";
import { type LinkProps, LinkProvider } from "@herald/ui/link";
import { Toaster } from "@herald/ui/toast";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { type ComponentProps, type ReactNode, useEffect, useState } from "react";
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
      <Toaster label={t("notices")} closeLabel={t("closeNotice")} />
    </LinkProvider>
  );
}

function RouterLink({ fetchedWhen, ...props }: LinkProps) {
  const [isMeant, setMeant] = useState(fetchedWhen !== "meant");
  const mean = (): void => setMeant(true);
  // Next's types name optional handlers without `undefined`, React's name them with it
  return <Link onPointerEnter={mean} onFocus={mean} {...(props as ComponentProps<typeof Link>)} prefetch={isMeant ? null : false} />;
}

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
