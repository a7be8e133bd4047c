"use client";
import { Link } from "@herald/ui/link";
import { useSyncExternalStore } from "react";
import { useTranslations } from "use-intl";
import { signInPath } from "../panel/sign-in-path.ts";

/** Where the reader is now, behind the sign-in page. What stands after a `#` stays there: no server gets to see it. */
const signInFromHere = (): string => `${signInPath(`${location.pathname}${location.search}`)}${location.hash}`;
const signInFromServer = (): string => signInPath(null);
function onMoved(moved: () => void): () => void {
  window.addEventListener("popstate", moved);
  return () => window.removeEventListener("popstate", moved);
}

/** The way back in for somebody whose session ended while a page stood open: in a new tab, so that nothing typed on this one is lost. */
export function SignInAgain() {
  const t = useTranslations("base.signedOut");
  const href = useSyncExternalStore(onMoved, signInFromHere, signInFromServer);
  return (
    <Link href={href} target="_blank">
      {t("verb")}
    </Link>
  );
}
