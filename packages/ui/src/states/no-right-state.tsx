import { Lock } from "lucide-react";
import type { ReactNode } from "react";
import { EmptyState } from "./empty-state.tsx";

/** The member may not see or do this: what it is, and who can grant it. */
export function NoRightState({
  title,
  children,
  action,
}: {
  readonly title: string;
  readonly children: ReactNode;
  readonly action?: ReactNode;
}) {
  return (
    <EmptyState icon={<Lock size={20} />} title={title} action={action}>
      {children}
    </EmptyState>
  );
}
