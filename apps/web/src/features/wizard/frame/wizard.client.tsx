"use client";
import { usePathname, useRouter } from "next/navigation";
import { createContext, type ReactNode, use, useEffect, useMemo, useState, useSyncExternalStore, useTransition } from "react";
import { type ChecksAnswer, mendable, type PreviewAnswer, worstOf } from "../model/answers.ts";
import { type DraftContent, type Lack, questionOf, type StepKey, savable, steps } from "../model/draft-content.ts";
import type { DraftSnapshot, DraftStore, SavedDraft, SaveState } from "../model/draft-store.ts";
import { figuresOf } from "../model/figures.ts";
import { type FieldIssue, issueAt } from "../model/issues.ts";
import { noteSeen, seenPlace } from "../model/seen.ts";
import type { SenderFacts } from "../model/sender-health.ts";
import { type StepState, stepStatesOf } from "../model/step-states.ts";
import { guessedSource, type TemplateView } from "../model/template.ts";
import type { Sample } from "../read-people.ts";
import { type Asked, useAsked } from "./use-asked.client.ts";
import { useClock } from "./use-clock.client.ts";
import { useDraft } from "./use-draft.client.ts";

export type WizardProps = {
  readonly workspaceId: string;
  readonly userId: string;
  readonly draftId: string;
  readonly saved: SavedDraft;
  readonly maySend: boolean;
  readonly senders: readonly SenderFacts[];
  /** As the draft names it; null: none is named, or it is not there. */
  readonly template: TemplateView | null;
  readonly sample: Sample;
  readonly children: ReactNode;
};
export type Wizard = Pick<WizardProps, "workspaceId" | "userId" | "draftId" | "maySend" | "senders" | "sample"> &
  DraftSnapshot & {
    readonly store: DraftStore;
    readonly change: (patch: Partial<DraftContent>) => void;
    readonly sender: SenderFacts | undefined;
    readonly template: TemplateView | null;
    /** Whether the sender's account has the template that is named is still being asked. */
    readonly isTemplateSought: boolean;
    readonly chooseTemplate: (template: TemplateView) => void;
    /** The time that it is, on every step; it goes on while one composes. */
    readonly now: Date;
    readonly step: StepKey;
    readonly hrefOf: (step: StepKey) => string;
    readonly states: Readonly<Record<StepKey, StepState>>;
    readonly lacks: readonly Lack[];
    /** Counts of the audience that is chosen; of people who stand in for it while none is. */
    readonly preview: Asked<PreviewAnswer> & { readonly isOfSample: boolean };
    readonly checks: Asked<ChecksAnswer>;
    /** What a door refused at a field. */
    readonly issueAt: (field: string) => string | undefined;
  };

const WizardContext = createContext<Wizard | null>(null);
export function useWizard(): Wizard {
  const wizard = use(WizardContext);
  if (wizard === null) throw new Error("a step of the wizard stands outside of it");
  return wizard;
}

/** One draft, whichever of its steps is looked at: what is typed, how it is saved, and what the doors say of it. */
export function WizardProvider({ children, ...props }: WizardProps) {
  const { workspaceId, draftId, senders, sample } = props;
  const store = useDraft(props);
  const shown = useSyncExternalStore(store.subscribe, store.get, store.get);
  const { content } = shown;
  const [chosenTemplate, setTemplate] = useState(props.template);
  const sender = senders.find(({ senderId }) => senderId === content.senderId);
  const { template, isTemplateSought } = useNamedTemplate(shown, [chosenTemplate, props.template], sender?.sourceId);
  // what was written for a template that was chosen before
  const [earlier, setEarlier] = useState<NonNullable<DraftContent["variables"]>>({});
  const now = useClock();
  const pathname = usePathname();
  const step = steps.find((one) => pathname.endsWith(`/${one}`)) ?? "content";

  const placeholderKeys = useMemo(() => template && template.placeholders.map(({ key }) => key), [template]);
  const question = useMemo(
    () => questionOf(workspaceId, content, placeholderKeys, sample.peopleIds),
    [workspaceId, content, placeholderKeys, sample.peopleIds],
  );
  const isOfSample = question.lacks.includes("audience");
  const [hasChecks, setHasChecks] = useState(false);
  if (!hasChecks && (step === "checks" || step === "review")) setHasChecks(true);
  const checked = savable({ ...content, seen: undefined, offer: undefined });
  const checks = useAsked<ChecksAnswer>("/api/campaigns/checks", hasChecks ? { workspaceId, ...checked } : null);
  // the checks count the same people, and a count of many takes its time: it is not asked for twice
  const isCountedByChecks = hasChecks && checks.problem === null && (checks.answer === null || checks.answer.preview !== null);
  const asked = useAsked<PreviewAnswer>("/api/campaigns/preview", isCountedByChecks ? null : question.body);
  const preview = isCountedByChecks ? { ...checks, answer: checks.answer?.preview ?? null } : asked;

  const counted = isOfSample ? null : preview.answer;
  useKeepCount(store, counted, shown.save.kind);
  const shownCount = step === "audience" ? counted : step === "checks" ? (checks.answer?.preview ?? null) : null;
  useNoteSeen(props, shownCount);

  const chooseTemplate = (chosen: TemplateView): void => {
    const before = { ...earlier, ...content.variables };
    setEarlier(before);
    const variables = chosen.placeholders.flatMap(({ key, name, part }) => {
      const source = before[key] ?? (part === "header_media" ? undefined : guessedSource(name, sample.fields));
      return source === undefined ? [] : [[key, source] as const];
    });
    setTemplate(chosen);
    store.change({ template: { name: chosen.name, language: chosen.language }, variables: Object.fromEntries(variables) });
  };

  const issues = useMemo<readonly FieldIssue[]>(
    () => [...(shown.save.kind === "refused" ? (shown.save.problem.issues ?? []) : []), ...(preview.problem?.issues ?? [])],
    [preview.problem, shown.save],
  );
  const states = stepStatesOf(
    {
      content,
      placeholderKeys,
      eligible: isOfSample ? null : (preview.answer?.eligible ?? null),
      worstCheck: checks.answer && worstOf(mendable(checks.answer.checks)),
      refusedFields: issues.map(({ path }) => path.replace(/^content\./, "")),
    },
    now.getTime(),
  );
  const wizard: Wizard = {
    ...props,
    ...shown,
    store,
    change: store.change,
    sender,
    template,
    isTemplateSought,
    chooseTemplate,
    now,
    step,
    hrefOf: (one) => `/panel/w/${workspaceId}/campaigns/drafts/${draftId}/${one}`,
    states,
    lacks: question.lacks,
    preview: { ...preview, isOfSample },
    checks,
    issueAt: (field) => issueAt(issues, field),
  };
  return <WizardContext value={wizard}>{children}</WizardContext>;
}

/**
 * The template that the draft names, as the sender's account has it: another account may have one of the same name. One that nobody on this
 * page chose (a colleague did, this tab before a reload, or it is of another sender now) is fetched.
 */
function useNamedTemplate(
  { content, save }: DraftSnapshot,
  known: readonly (TemplateView | null)[],
  sourceId: string | undefined,
): { readonly template: TemplateView | null; readonly isTemplateSought: boolean } {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const [asked, setAsked] = useState<string | null>(null);
  const wanted = content.template && `${sourceId ?? ""} ${content.template.name} ${content.template.language}`;
  const template =
    known.find((one) => one !== null && `${sourceId === undefined ? "" : one.sourceId} ${one.name} ${one.language}` === wanted) ?? null;
  const isMissing = wanted !== undefined && template === null;
  const isSaved = save.kind === "saved";
  useEffect(() => {
    if (!isMissing || !isSaved || asked === wanted) return;
    startTransition(() => {
      setAsked(wanted);
      router.refresh();
    });
  }, [asked, isMissing, isSaved, router, wanted]);
  const isBeingSaved = isSaved || save.kind === "unsaved" || save.kind === "saving";
  return { template, isTemplateSought: isMissing && isBeingSaved && (isPending || asked !== wanted) };
}

/** Once it is decided whose draft stands, what was counted meanwhile goes with it. */
function useKeepCount(store: DraftStore, counted: PreviewAnswer | null, kind: SaveState["kind"]): void {
  const isUndecided = kind === "moved" || kind === "launched";
  useEffect(() => {
    if (counted !== null && !isUndecided) store.noteCount({ ...figuresOf(counted), atMs: Date.now() });
  }, [counted, isUndecided, store]);
}

/** The figures that stand on the screen are what this person has seen: the review tells what is different since. */
function useNoteSeen({ userId, draftId }: Pick<WizardProps, "userId" | "draftId">, shown: PreviewAnswer | null): void {
  useEffect(() => {
    if (shown === null) return;
    try {
      noteSeen(localStorage, seenPlace(userId, draftId), shown, Date.now());
    } catch {
      // a browser that keeps nothing: the review compares with the count that is kept with the draft
    }
  }, [draftId, shown, userId]);
}
