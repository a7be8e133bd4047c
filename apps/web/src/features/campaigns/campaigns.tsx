import { ButtonLink } from "@herald/ui/button";
import { EmptyState } from "@herald/ui/empty-state";
import { PageHeader } from "@herald/ui/page-header";
import { Pagination } from "@herald/ui/pagination";
import { Megaphone, Plus } from "lucide-react";
import { namesOfColleagues } from "../../panel/colleagues.ts";
import type { Member } from "../../panel/member.ts";
import { ClientWords } from "../../words/client-words.tsx";
import { readZone, wordsOf } from "../../words/reader.server.ts";
import { CampaignList } from "./campaign-list.client.tsx";
import classes from "./campaigns.module.css";
import { FirstSteps } from "./first-steps.tsx";
import { everything, isNarrowed, type ListAddress, queryOf } from "./list-address.ts";
import { loadBeginnings, loadChoices, loadPage } from "./load-campaigns.ts";

/** All campaigns of the workspace: what moves, what needs somebody, what was. */
export async function Campaigns({ member, address }: { readonly member: Member; readonly address: ListAddress }) {
  const t = wordsOf("campaigns");
  const role = wordsOf("shell");
  const [page, choices, names] = await Promise.all([
    loadPage(member, address, await readZone()),
    loadChoices(member),
    namesOfColleagues(member),
  ]);
  const path = `/panel/w/${member.workspaceId}/campaigns`;
  const mayCompose = member.allows("campaign.write");
  const isEmpty = page.items.length === 0 && address.after === null;
  const isNew = isEmpty && address.view === "all" && !isNarrowed(address);
  return (
    <div className={classes.page}>
      <PageHeader
        title={t("title")}
        note={mayCompose ? null : t("mayNotCompose", { role: role(`roles.${member.workspace.role}`) })}
        actions={
          mayCompose ? (
            <ButtonLink href={`${path}/new`} variant="primary" icon={<Plus size={16} />}>
              {t("newCampaign")}
            </ButtonLink>
          ) : null
        }
      />
      {isNew ? (
        <FirstSteps member={member} beginnings={await loadBeginnings(member)} />
      ) : (
        <ClientWords parts={["campaigns"]}>
          <CampaignList
            items={page.items}
            attention={page.attention}
            atMs={page.atMs}
            address={address}
            choices={choices}
            reader={{
              workspaceId: member.workspaceId,
              userId: member.userId,
              mayCompose,
              mayControl: member.allows("campaign.control"),
              names,
            }}
          />
          {isEmpty ? <Nothing address={address} path={path} /> : null}
          {page.isCut ? <p className={classes.faint}>{t("attentionMost", { count: page.items.length })}</p> : null}
          {address.after !== null || page.next !== null ? (
            <Pagination
              label={t("pages.label")}
              previousHref={address.after === null ? undefined : `${path}${queryOf(address)}`}
              nextHref={page.next === null ? undefined : `${path}${queryOf(address, { after: page.next })}`}
              previousText={t("pages.newest")}
              nextText={t("pages.older")}
            />
          ) : null}
        </ClientWords>
      )}
    </div>
  );
}

function Nothing({ address, path }: { readonly address: ListAddress; readonly path: string }) {
  const t = wordsOf("campaigns");
  const { view } = address;
  // what the reader chose comes first: without it there may be some
  const isPlain = queryOf({ ...address, view: "all" }) === "";
  const about =
    view === "all" || !isPlain ? (address.isTests && queryOf({ ...address, isTests: false, view: "all" }) === "" ? "tests" : null) : view;
  return (
    <EmptyState
      icon={<Megaphone size={20} />}
      title={about === null ? t("nothing.title") : t(`nothing.${about}`)}
      action={<ButtonLink href={`${path}${queryOf(everything)}`}>{t("nothing.showAll")}</ButtonLink>}
    >
      {about === null ? t("nothing.text") : t(`nothing.${about}Text`)}
    </EmptyState>
  );
}
