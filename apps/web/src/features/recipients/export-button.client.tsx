"use client";
import { ButtonLink } from "@herald/ui/button";
import { type AnchorProps, LinkProvider } from "@herald/ui/link";
import { Download } from "lucide-react";
import { useTranslations } from "use-intl";

/** A plain anchor: the router's would fetch the whole file ahead. It works before the page is awake, too. */
export function ExportButton({ campaignId }: { readonly campaignId: string }) {
  const t = useTranslations("recipients.export");
  return (
    <LinkProvider anchor={PlainAnchor}>
      <ButtonLink icon={<Download size={16} />} title={t("note")} href={`/api/campaigns/${campaignId}/export`} download="">
        {t("verb")}
      </ButtonLink>
    </LinkProvider>
  );
}

function PlainAnchor({ children, ...props }: AnchorProps) {
  return <a {...props}>{children}</a>;
}
