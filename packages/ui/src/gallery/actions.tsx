"use client";
import { Copy, Download, Ellipsis, Pause, Plus, Send, Trash2 } from "lucide-react";
import { useState } from "react";
import { Button, ButtonLink } from "../button/button.tsx";
import { ConfirmDialog } from "../confirm-dialog/confirm-dialog.tsx";
import { Dialog } from "../dialog/dialog.tsx";
import { IconButton } from "../icon-button/icon-button.tsx";
import { Link } from "../link/link.tsx";
import { Menu } from "../menu/menu.tsx";
import { Popover } from "../popover/popover.tsx";
import { showToast, ToastCard } from "../toast/toast.tsx";
import { REQUEST } from "./samples.tsx";
import { Columns, Row, Section } from "./section.tsx";

const nothing = (): void => undefined;

export function Actions() {
  return (
    <>
      <Section title="Buttons" note="A button says its verb, and how much it moves.">
        <Row>
          <Button variant="primary" icon={<Send size={16} />}>
            Send to 4,812 people
          </Button>
          <Button icon={<Pause size={16} />}>Pause sending</Button>
          <Button variant="ghost" icon={<Download size={16} />}>
            Export
          </Button>
          <Button variant="danger">Stop for good</Button>
        </Row>
        <Row>
          <Button variant="primary" isLoading>
            Saving
          </Button>
          <Button disabled>Resume</Button>
          <Button size="small">Resume</Button>
          <Button size="small" variant="ghost" keys={["⌘", "K"]}>
            Search
          </Button>
          <ButtonLink href="#new" size="large" variant="primary" icon={<Plus size={16} />}>
            New campaign
          </ButtonLink>
          <IconButton label="Copy link" icon={<Copy size={16} />} />
          <Link href="#provider">131049 at Meta</Link>
        </Row>
      </Section>
      <Section title="Over the page" note="Dialogs, menus and what drops from a button.">
        <Overlays />
      </Section>
      <Section title="Toasts" note="A failure stays until it is read, and names its request.">
        <Columns>
          <ToastCard
            closeLabel="Close this notice"
            tone="ok"
            title="Sending paused"
            text="14 in flight are still recorded."
            action={{ verb: "Resume", onClick: nothing }}
          />
          <ToastCard
            closeLabel="Close this notice"
            tone="bad"
            title="Could not pause"
            text="The database did not answer. Sending goes on; try again."
            requestId={REQUEST}
          />
        </Columns>
        <Row>
          <Button onClick={() => showToast({ tone: "ok", title: "Sending paused", text: "14 in flight are still recorded." })}>
            Show a toast
          </Button>
        </Row>
      </Section>
    </>
  );
}

function Overlays() {
  const [opened, setOpened] = useState<"dialog" | "sheet" | "confirm" | undefined>();
  const follow = (name: "dialog" | "sheet" | "confirm") => (isOpen: boolean) => setOpened(isOpen ? name : undefined);
  return (
    <Row>
      <Button onClick={() => setOpened("dialog")}>Open a dialog</Button>
      <Button onClick={() => setOpened("sheet")}>Open a sheet</Button>
      <Button variant="danger" onClick={() => setOpened("confirm")}>
        Stop for good
      </Button>
      <Popover label="About the cap" trigger={<Button variant="ghost">What is the cap?</Button>}>
        The most messages a second this number may send. Meta raises it with quality.
      </Popover>
      <Menu
        trigger={<IconButton label="More" icon={<Ellipsis size={16} />} />}
        items={[
          { kind: "heading", key: "h", text: "Spring sale – VIPs" },
          { key: "copy", text: "Duplicate", icon: <Copy size={16} />, keys: ["D"], onSelect: nothing },
          { kind: "link", key: "csv", text: "Export recipients", icon: <Download size={16} />, href: "#export" },
          { kind: "line", key: "l" },
          { key: "stop", text: "Stop for good", icon: <Trash2 size={16} />, isDanger: true, onSelect: nothing },
        ]}
      />
      <Dialog
        isOpen={opened === "dialog"}
        onOpenChange={follow("dialog")}
        title="Change the speed"
        closeLabel="Close"
        description="The number may send 80 a second. Slower is safe at any time."
        actions={<Button variant="primary">Send 40 a second</Button>}
      />
      <Dialog isOpen={opened === "sheet"} onOpenChange={follow("sheet")} title="Why Inês got it" closeLabel="Close" look="sheet">
        <p>In VIPs since 3 March (import “vip.csv”, row 18).</p>
        <p>14:07:31 Meta accepted · 14:07:33 delivered · 14:15 read.</p>
      </Dialog>
      <ConfirmDialog
        isOpen={opened === "confirm"}
        onOpenChange={follow("confirm")}
        title="Stop Spring sale for good?"
        verb="Stop 1,196 messages"
        stayVerb="Keep sending"
        tone="danger"
        typed={{ word: "stop", label: "Type “stop” to go on" }}
        onConfirm={() => setOpened(undefined)}
      >
        1,196 people will not get it. The 3,616 already sent stay sent. This cannot be taken back.
      </ConfirmDialog>
    </Row>
  );
}
