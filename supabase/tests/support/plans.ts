import type pg from "pg";

export type PlanNode = {
  readonly "Node Type": string;
  readonly "Index Name"?: string;
  readonly "Relation Name"?: string;
  /** Of one loop, and those its filter dropped. */
  readonly "Actual Rows"?: number;
  readonly "Actual Loops"?: number;
  readonly "Rows Removed by Filter"?: number;
  readonly Plans?: readonly PlanNode[];
};

export const nodesOf = (plan: PlanNode): readonly PlanNode[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];

/** Nodes that read one of the tables, over all statements. */
export const readsOf = (plans: readonly PlanNode[], ...tables: readonly string[]): readonly PlanNode[] =>
  plans.flatMap(nodesOf).filter((node) => tables.includes(node["Relation Name"] ?? "") && node["Node Type"].endsWith("Scan"));

/** Rows a node took into its hands, kept or not. */
export const rowsRead = (node: PlanNode): number =>
  ((node["Actual Rows"] ?? 0) + (node["Rows Removed by Filter"] ?? 0)) * (node["Actual Loops"] ?? 1);

const settingsSql = `
  select set_config(name, value, false) from (values ('auto_explain.log_min_duration', '0'), ('auto_explain.log_nested_statements', 'on'),
    ('auto_explain.log_analyze', 'on'), ('auto_explain.log_timing', 'off'), ('auto_explain.log_format', 'json'), ('auto_explain.log_level', 'notice')) s(name, value)`;

/** Plans of the statements that a call of `run` makes, those inside functions too, as they really ran under the engine's role and its policies. */
export async function explaining(
  owner: pg.Client,
): Promise<<T>(run: () => Promise<T>) => Promise<{ value: T; plans: readonly PlanNode[] }>> {
  const plans: PlanNode[] = [];
  owner.on("notice", ({ message }) => {
    const json = message?.match(/plan:\n([^]*)/)?.[1];
    if (json !== undefined) plans.push((JSON.parse(json) as { Plan: PlanNode }).Plan);
  });
  await owner.query("load 'auto_explain'");
  await owner.query(settingsSql);
  await owner.query("set role herald_engine");
  return async (run) => {
    plans.length = 0;
    const value = await run();
    return { value, plans: [...plans] };
  };
}
