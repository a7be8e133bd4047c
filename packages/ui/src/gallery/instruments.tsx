"use client";
import { Megaphone, Users } from "lucide-react";
import { useState } from "react";
import { BalanceLine } from "../balance-line/balance-line.tsx";
import { Button } from "../button/button.tsx";
import { Funnel } from "../charts/funnel.tsx";
import { PaceChart } from "../charts/pace-chart.tsx";
import { DataTable } from "../data-table/data-table.tsx";
import { PageHeader, Panel } from "../page-header/page-header.tsx";
import { Palette } from "../palette/palette.tsx";
import { PhonePreview } from "../phone-preview/phone-preview.tsx";
import { EmptyState } from "../states/empty-state.tsx";
import { ErrorState } from "../states/error-state.tsx";
import { Status } from "../status/status.tsx";
import { Timeline } from "../timeline/timeline.tsx";
import { LOCALE, PACE, PAUSES, PERSON_COLUMNS, people, STORY, ZONE } from "./samples.tsx";
import { Columns, Row, Section } from "./section.tsx";

const nothing = (): void => undefined;
const MANY = people(100_000);
const TEXTS = { showTable: "Show as a table", time: "Time", perSecond: "Messages per second" };

export function Instruments() {
  return (
    <>
      <Section title="A live campaign" note="The balance line adds up by itself and says when it does not.">
        <PageHeader
          title="Spring sale – VIPs"
          status={<Status kind="sending" word="Sending" />}
          note="started 14:05 · about 11 min left"
          actions={
            <>
              <Button>Speed 80/s</Button>
              <Button>Pause sending</Button>
            </>
          }
        />
        <Balance accepted={2948} />
        <Balance accepted={2936} />
        <Columns>
          <Panel title="Pace">
            <PaceChart
              summary="76.9 messages a second, under the cap of 80"
              points={PACE}
              capPerSecond={80}
              capText="cap 80/s"
              pauses={PAUSES}
              locale={LOCALE}
              zone={ZONE}
              texts={TEXTS}
            />
          </Panel>
          <Panel title="Receipts">
            <Funnel
              label="Receipts"
              locale={LOCALE}
              shareText={(share, before) => `${share} of ${before.toLowerCase()}`}
              steps={[
                { key: "a", word: "Accepted", count: 2960, href: "#accepted" },
                { key: "s", word: "Sent", count: 2948 },
                { key: "d", word: "Delivered", count: 2871 },
                { key: "r", word: "Read", count: 1390 },
              ]}
            />
          </Panel>
        </Columns>
      </Section>
      <Section title="Table" note="100,000 rows; arrows, Page, Home, End and Enter.">
        <Tables />
      </Section>
      <Section title="Timeline" note="What happened to one person, newest last; what has yet to happen is dashed.">
        <Timeline label="What happened" steps={STORY} />
      </Section>
      <Section title="Phone" note="A likeness of what the receiver sees.">
        <Phones />
      </Section>
      <Section title="Command palette" note="Everything one can go to or do, by typing.">
        <PaletteSample />
      </Section>
    </>
  );
}

function Balance({ accepted }: { readonly accepted: number }) {
  return (
    <BalanceLine
      label="Balance"
      locale={LOCALE}
      whole={{ key: "p", word: "planned", count: 4812 }}
      balancesText="balances"
      offByText={(difference) => `${difference} unaccounted for`}
      terms={[
        { key: "w", word: "waiting", count: 1196, href: "#waiting" },
        { key: "i", word: "in flight", count: 14 },
        { key: "l", word: "later", count: 412, href: "#later" },
        { key: "u", word: "unclear", count: 3, href: "#unclear", tone: "warn" },
        { key: "o", word: "left out", count: 188, href: "#out" },
        { key: "f", word: "failed", count: 39, href: "#failed", tone: "bad" },
        { key: "s", word: "stopped", count: 12 },
        { key: "a", word: "accepted", count: accepted, href: "#accepted" },
      ]}
    />
  );
}

function Tables() {
  const shared = {
    columns: PERSON_COLUMNS,
    rowKey: (row: { readonly key: string }) => row.key,
    loadingLabel: "Loading recipients",
    onSort: nothing,
  };
  const empty = (
    <EmptyState icon={<Users size={20} />} title="Nobody matches" action={<Button>Clear the search</Button>}>
      No recipient has this name or number.
    </EmptyState>
  );
  const failure = (
    <ErrorState title="The list did not load" meaning="Sending is not affected." action={<Button size="small">Load again</Button>} />
  );
  return (
    <>
      <DataTable {...shared} label="Recipients" rows={MANY} rowHref={(row) => `#recipient-${row.key}`} empty={empty} maxBlockSize="24rem" />
      <DataTable {...shared} label="Recipients, loading" rows={[]} state="loading" empty={empty} />
      <DataTable {...shared} label="Recipients, none" rows={[]} empty={empty} />
      <DataTable {...shared} label="Recipients, failed" rows={[]} state="failed" failure={failure} empty={empty} />
    </>
  );
}

function Phones() {
  return (
    <Columns>
      <PhonePreview
        label="Message on a phone, in daylight"
        theme="light"
        senderName="Lucky Shrub"
        header={{ kind: "image", alt: "A table of spring plants" }}
        body={"Hi *Inês*, our _spring sale_ has begun.\nUse ```SPRING25``` until Sunday."}
        footer="Reply STOP to opt out"
        timeText="14:07"
        buttons={[
          { key: "1", kind: "link", text: "See the plants" },
          { key: "2", kind: "reply", text: "Not now" },
        ]}
      />
      <PhonePreview
        label="Message on a phone, at night"
        theme="dark"
        senderName="Lucky Shrub"
        header={{ kind: "document", name: "Order 10391.pdf", detail: "PDF · 84 kB" }}
        body="Your order *10391* is on its way, Inês."
        timeText="14:07"
        buttons={[{ key: "1", kind: "call", text: "Call us" }]}
      />
    </Columns>
  );
}

function PaletteSample() {
  const [isOpen, setOpen] = useState(false);
  return (
    <Row>
      <Button keys={["⌘", "K"]} onClick={() => setOpen(true)}>
        Search or do
      </Button>
      <Palette
        isOpen={isOpen}
        onOpenChange={setOpen}
        label="Search or do"
        placeholder="Search campaigns, people, actions…"
        emptyText="Nothing by this name."
        groups={[
          {
            key: "do",
            heading: "Do",
            items: [{ key: "new", text: "New campaign", icon: <Megaphone size={16} />, keys: ["C"], onSelect: nothing }],
          },
          {
            key: "go",
            heading: "Go to",
            items: [
              { key: "spring", text: "Spring sale – VIPs", detail: "Sending", icon: <Megaphone size={16} />, onSelect: nothing },
              { key: "people", text: "Contacts", icon: <Users size={16} />, onSelect: nothing },
            ],
          },
        ]}
      />
    </Row>
  );
}
