import { EmptyState } from "@herald/ui/empty-state";
import { Link } from "@herald/ui/link";
import { Compass } from "lucide-react";
import { wordsOf } from "../../words/reader.server.ts";

/** Unknown and foreign answer alike. */
export function NothingHere() {
  const t = wordsOf("base");
  return (
    <EmptyState icon={<Compass size={20} />} title={t("notFound.title")} action={<Link href="/panel">{t("notFound.back")}</Link>}>
      {t("notFound.text")}
    </EmptyState>
  );
}
