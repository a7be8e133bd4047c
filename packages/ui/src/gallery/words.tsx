"use client";
import { Inbox, Plus } from "lucide-react";
import { Avatar } from "../avatar/avatar.tsx";
import { Badge } from "../badge/badge.tsx";
import { Breadcrumbs } from "../breadcrumbs/breadcrumbs.tsx";
import { Button } from "../button/button.tsx";
import { ConnectionChip, StaleBanner } from "../connection/connection.tsx";
import { CopyableId } from "../copyable-id/copyable-id.tsx";
import { Figure, Stat, StatRow } from "../figures/figures.tsx";
import { Link } from "../link/link.tsx";
import { Pagination } from "../pagination/pagination.tsx";
import { Progress, SegmentedBar } from "../progress/progress.tsx";
import { Skeleton, SkeletonText } from "../skeleton/skeleton.tsx";
import { EmptyState } from "../states/empty-state.tsx";
import { ErrorState } from "../states/error-state.tsx";
import { NoRightState } from "../states/no-right-state.tsx";
import { Status } from "../status/status.tsx";
import { Stepper } from "../stepper/stepper.tsx";
import { TabLinks } from "../tabs/tab-links.tsx";
import { Tabs } from "../tabs/tabs.tsx";
import { Time } from "../time/time.tsx";
import { LOCALE, NOW_MS, REQUEST, STATUSES, ZONE } from "./samples.tsx";
import { Columns, Row, Section } from "./section.tsx";

export function Words() {
  return (
    <>
      <Section title="Status" note="A word, a colour and an icon, never one alone; a reason where there is one.">
        <Row>
          {STATUSES.map((status) => (
            <Status key={status.kind} {...status} />
          ))}
        </Row>
        <Row>
          <Badge>utility</Badge>
          <Badge tone="info">en_US</Badge>
          <Badge tone="ok">approved</Badge>
          <Badge tone="warn">quality medium</Badge>
          <Badge tone="bad">refused</Badge>
          <Badge tone="scheduled">tomorrow</Badge>
          <ConnectionChip state="live">live</ConnectionChip>
          <ConnectionChip state="reconnecting">reconnecting</ConnectionChip>
          <ConnectionChip state="stale">showing 14:21:07</ConnectionChip>
          <ConnectionChip state="signedOut" way={<Link href="/sign-in">Sign in</Link>}>
            signed out, showing 14:21:07
          </ConnectionChip>
        </Row>
        <StaleBanner action={<Button size="small">Ask again</Button>}>
          Numbers are from 14:21:07. The connection is being restored.
        </StaleBanner>
      </Section>
      <Section title="Figures" note="Tabular, in the reader’s locale; times carry their zone on hover.">
        <StatRow>
          <Stat label="Accepted" value={<Figure value={9988} locale={LOCALE} />} note="of 10,000 planned" />
          <Stat label="Delivered" value="97.1 %" note="9,698" tone="ok" />
          <Stat label="Read" value="61.8 %" note="5,993" />
          <Stat label="Failed" value="12" note="8 not on WhatsApp" tone="bad" />
          <Stat
            label="Cost"
            value={<Figure value={612.4} locale={LOCALE} options={{ style: "currency", currency: "EUR" }} />}
            note="€ 0.061 each"
          />
        </StatRow>
        <Progress value={3204} max={4812} label="Sent" valueText="3,204 of 4,812" />
        <SegmentedBar
          label="What became of 4,812"
          segments={[
            { key: "a", label: "accepted", value: 2960, text: "2,960", tone: "accent" },
            { key: "l", label: "later", value: 412, text: "412", tone: "scheduled" },
            { key: "f", label: "failed", value: 39, text: "39", tone: "bad" },
            { key: "u", label: "unclear", value: 3, text: "3", tone: "warn" },
            { key: "w", label: "waiting", value: 1210, text: "1,210", tone: "neutral" },
          ]}
        />
        <Row>
          <Time atMs={NOW_MS} locale={LOCALE} zone={ZONE} />
          <Time atMs={NOW_MS} locale={LOCALE} zone={ZONE}>
            12 min ago
          </Time>
          <CopyableId {...REQUEST} />
          <Row>
            <Avatar name="Ana Pereira" label="Ana Pereira" />
            <Avatar name="Bo" size="small" label="Bo" />
          </Row>
        </Row>
      </Section>
      <Section title="Finding one’s way">
        <Breadcrumbs
          label="You are here"
          crumbs={[{ text: "Campaigns", href: "#c" }, { text: "Spring sale – VIPs", href: "#s" }, { text: "Inês Duarte" }]}
        />
        <Stepper
          label="New campaign"
          steps={[
            { key: "1", text: "Content", state: "done", href: "#1", stateText: "done" },
            { key: "2", text: "Audience", state: "problem", href: "#2", stateText: "needs attention" },
            { key: "3", text: "Checks", state: "current", href: "#3", stateText: "now" },
            { key: "4", text: "When", state: "open", stateText: "later" },
            { key: "5", text: "Review", state: "open", stateText: "later" },
          ]}
        />
        <Tabs
          label="Campaign"
          tabs={[
            { key: "r", label: "Recipients", count: "4,812", content: "Everyone in the frozen audience." },
            { key: "p", label: "Problems", count: "2", content: "131026 not reachable on WhatsApp: 31." },
            { key: "l", label: "Log", content: "14:05 started by Ana." },
          ]}
        />
        <TabLinks
          label="Parts of the campaign"
          tabs={[
            { key: "o", label: "Overview", href: "#overview", isCurrent: true },
            { key: "r", label: "Recipients", count: "4,812", href: "#recipients", isCurrent: false },
          ]}
        />
        <Pagination label="Pages" previousHref="#before" nextHref="#after" previousText="Previous" nextText="Next">
          51–100 of 4,812
        </Pagination>
      </Section>
      <Section
        title="When there is nothing to show"
        note="Loading has the shape of what comes; empty has a first step; an error says what to do."
      >
        <Columns>
          <SkeletonText label="Loading" lines={3} />
          <Skeleton inlineSize="2.5rem" blockSize="2.5rem" isRound />
        </Columns>
        <EmptyState
          icon={<Inbox size={20} />}
          title="No campaigns yet"
          action={
            <Button variant="primary" icon={<Plus size={16} />}>
              New campaign
            </Button>
          }
          secondaryAction={<Button>Use the demo audience</Button>}
        >
          A campaign sends one template to many people, and accounts for every message.
        </EmptyState>
        <ErrorState
          title="Meta refused the template"
          meaning="Spring sale is paused at 1,120 of 4,812; nothing was sent twice."
          cure="Appeal in Meta’s manager, or choose another template and resume."
          action={<Button size="small">Choose another template</Button>}
          code={{ text: "132015 Template is paused", href: "#132015" }}
          requestId={REQUEST}
        />
        <ErrorState tone="warn" title="Receipts come late" meaning="Meta’s receipts lag by 4 minutes. Sending is not affected." />
        <NoRightState title="You may not send here" action={<Button>Ask Ana for it</Button>}>
          Owners and admins can grant the right to send.
        </NoRightState>
      </Section>
    </>
  );
}
