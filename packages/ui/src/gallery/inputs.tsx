"use client";
import { Search } from "lucide-react";
import { useState } from "react";
import { Checkbox, Switch } from "../choice/choice.tsx";
import { RadioGroup } from "../choice/radio-group.tsx";
import { Combobox } from "../combobox/combobox.tsx";
import { DateTimeField } from "../date-time/date-time-field.tsx";
import { FileDrop } from "../file-drop/file-drop.tsx";
import { FilterBar, FilterChip } from "../filter-bar/filter-bar.tsx";
import { Select } from "../select/select.tsx";
import { SearchBox, TextArea, TextField } from "../text-field/text-field.tsx";
import { FormSample } from "./form-sample.tsx";
import { TEMPLATES, ZONES } from "./samples.tsx";
import { Columns, Section } from "./section.tsx";

const nothing = (): void => undefined;

export function Inputs() {
  return (
    <>
      <Section title="Fields" note="Label above, hint below, error where the eye already is.">
        <Columns>
          <TextField label="Campaign name" placeholder="Spring sale" hint="Only your team sees it." />
          <TextField label="Workspace address" defaultValue="lucky shrub" error="Use small letters and hyphens: “lucky-shrub”." />
          <TextField label="Speed" defaultValue="80" end="per s" inputMode="numeric" />
          <TextField label="Sender" defaultValue="+1 555 010 0199" disabled optionalText="optional" />
          <Choices />
          <TextArea label="Note to colleagues" optionalText="optional" count="18 / 280" defaultValue="Wait for Ana’s go." />
        </Columns>
        <SearchBox label="Search recipients" icon={<Search size={14} />} placeholder="Search name or phone" />
      </Section>
      <Section title="Choices">
        <Moments />
      </Section>
      <Section title="Files and filters">
        <Columns>
          <FileDrop
            label="Drop a CSV here, or choose one"
            hint="Up to 200 MB. The first row names the columns."
            accept=".csv"
            onFile={nothing}
          />
          <FileDrop
            label="Drop a CSV here, or choose one"
            hint="Up to 200 MB."
            error="“list.xlsx” is a workbook. Save it as CSV first."
            accept=".csv"
            onFile={nothing}
          />
        </Columns>
        <FilterBar label="Filters" end="Mine · Live now · Needs attention (2)">
          <FilterChip name="Status" value="Sending" items={[]} clearLabel="Clear status" onClear={nothing} />
          <FilterChip
            name="Sender"
            items={[{ key: "a", text: "+1 555 010 0199", onSelect: nothing }]}
            clearLabel="Clear sender"
            onClear={nothing}
          />
          <FilterChip name="When" value="This month" items={[]} clearLabel="Clear period" onClear={nothing} />
        </FilterBar>
      </Section>
      <Section title="A form" note="react-hook-form held to a zod schema; errors move the focus.">
        <FormSample />
      </Section>
    </>
  );
}

function Choices() {
  const [template, setTemplate] = useState<string | undefined>("spring_sale");
  return (
    <>
      <Select
        label="If we are late"
        options={[
          { value: "ask", text: "Ask me" },
          { value: "send", text: "Send anyway" },
          { value: "skip", text: "Skip" },
        ]}
      />
      <Combobox
        label="Template"
        options={TEMPLATES}
        value={template}
        onChange={setTemplate}
        placeholder="Choose a template"
        searchLabel="Search templates"
        emptyText="No template has this name."
      />
    </>
  );
}

function Moments() {
  const [when, setWhen] = useState("at");
  const [moment, setMoment] = useState({ date: "2026-11-21", time: "18:00", zone: "Europe/Lisbon" });
  return (
    <Columns>
      <RadioGroup
        label="When"
        name="gallery-when"
        value={when}
        onChange={setWhen}
        options={[
          { value: "now", label: "Now" },
          { value: "at", label: "At a time", hint: "Quiet hours are kept for each person." },
          { value: "draft", label: "Keep as draft", isDisabled: true },
        ]}
      />
      <DateTimeField label="Starts" value={moment} onChange={setMoment} zones={ZONES} dateLabel="Day" timeLabel="Time" zoneLabel="Zone">
        That is 12:00 for 1,204 people in Mexico.
      </DateTimeField>
      <div style={{ display: "grid", gap: "var(--space-3)" }}>
        <Checkbox label="Consent was given" hint="Only people who agreed to marketing." defaultChecked />
        <Checkbox label="All lists" isPartly />
        <Switch label="Quiet hours" hint="No messages between 21:00 and 8:00." defaultChecked />
        <Switch label="Tell me when it is done" />
      </div>
    </Columns>
  );
}
