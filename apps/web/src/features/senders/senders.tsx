import { ButtonLink } from "@herald/ui/button";
import { EmptyState } from "@herald/ui/empty-state";
import { PageHeader, Panel } from "@herald/ui/page-header";
import { Row, RowFrame } from "@herald/ui/rows";
import { Smartphone } from "lucide-react";
import { namesOfColleagues } from "../../panel/colleagues.ts";
import type { Member } from "../../panel/member.ts";
import { ClientWords } from "../../words/client-words.tsx";
import { wordsOf } from "../../words/reader.server.ts";
import { Blocks } from "./blocks.tsx";
import { KeepFresh } from "./keep-fresh.client.tsx";
import { KillSwitch } from "./kill-switch.client.tsx";
import { loadBlocks, loadSenders, loadWorkspaceStop } from "./load-senders.ts";
import { SenderRow } from "./sender-row.tsx";
import classes from "./senders.module.css";

/** All numbers of the workspace, what stops any of them, and the one switch that stops them all. */
export async function Senders({ member }: { readonly member: Member }) {
  const t = wordsOf("senders");
  const [senders, blocks, stop, names] = await Promise.all([
    loadSenders(member),
    loadBlocks(member),
    loadWorkspaceStop(member),
    namesOfColleagues(member),
  ]);
  const nowMs = Date.now();
  return (
    <ClientWords parts={["senders"]}>
      <div className={classes.page}>
        <PageHeader title={t("title")} note={t("note")} actions={<KeepFresh atMs={nowMs} />} />
        {senders.length === 0 ? (
          <EmptyState
            icon={<Smartphone size={20} />}
            title={t("empty.title")}
            action={<ButtonLink href={`/panel/w/${member.workspaceId}/campaigns`}>{t("empty.toCampaigns")}</ButtonLink>}
          >
            {t("empty.text")}
          </EmptyState>
        ) : (
          <section aria-label={t("list")}>
            <RowFrame>
              <Row as="div" isHead className={`${classes.row} ${classes.heads}`} aria-hidden="true">
                {(["number", "standing", "quality", "pace", "limit"] as const).map((column) => (
                  <span key={column}>{t(`columns.${column}`)}</span>
                ))}
              </Row>
              <ul className={classes.list}>
                {senders.map((sender) => (
                  <SenderRow key={sender.senderId} sender={sender} workspaceId={member.workspaceId} nowMs={nowMs} />
                ))}
              </ul>
            </RowFrame>
          </section>
        )}
        {senders.length === 0 ? null : (
          <>
            <Panel title={t("blocks.title")}>
              <Blocks blocks={blocks} member={member} nowMs={nowMs} />
            </Panel>
            <Panel title={t("switch.workspace")}>
              <KillSwitch
                of={{ workspaceId: member.workspaceId }}
                isOn={stop.isStopped}
                stop={stop.stop && { ...stop.stop, by: stop.stop.by === member.userId ? null : (names[stop.stop.by] ?? "") }}
                liveCampaigns={stop.liveCampaigns}
                mayStop={member.allows("campaign.control")}
                mayLetGo={member.allows("sending.resume")}
              />
            </Panel>
          </>
        )}
      </div>
    </ClientWords>
  );
}
