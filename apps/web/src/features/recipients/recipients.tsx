import type { Member } from "../../panel/member.ts";
import { ExportButton } from "./export-button.client.tsx";
import { type ListAddress, queryOf } from "./list-address.ts";
import { ListFilters } from "./list-filters.client.tsx";
import type { LoadedRecipients } from "./load-recipients.ts";
import { RecipientList } from "./recipient-list.client.tsx";
import classes from "./recipients.module.css";

/** Everybody of a campaign: search, filters, the list, and all of it as a file for those who may take people's data away. */
export function Recipients({
  member,
  campaignId,
  address,
  loaded,
}: {
  readonly member: Member;
  readonly campaignId: string;
  readonly address: ListAddress;
  readonly loaded: LoadedRecipients;
}) {
  const here = `/panel/w/${member.workspaceId}/campaigns/${campaignId}/recipients`;
  return (
    <div className={classes.tab}>
      <div className={classes.bar}>
        <ListFilters here={here} address={address} />
        {member.allows("contacts.export") ? <ExportButton campaignId={campaignId} /> : null}
      </div>
      <RecipientList
        key={queryOf(address)}
        workspaceId={member.workspaceId}
        campaignId={campaignId}
        address={address}
        rows={loaded.rows}
        next={loaded.next}
        planned={loaded.planned}
        atMs={loaded.atMs}
      />
    </div>
  );
}
