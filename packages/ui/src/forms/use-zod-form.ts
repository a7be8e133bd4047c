"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { type DefaultValues, type FieldValues, type Path, type UseFormReturn, useForm } from "react-hook-form";
import type { z } from "zod";

/**
 * A form held to the schema its door uses. Complains when a field is left, then follows each key; on submit the focus goes
 * to the first field that is wrong.
 */
export function useZodForm<In extends FieldValues, Out extends FieldValues>(
  schema: z.ZodType<Out, In>,
  defaultValues: DefaultValues<In>,
): UseFormReturn<In, unknown, Out> {
  return useForm<In, unknown, Out>({ resolver: zodResolver(schema), defaultValues, mode: "onTouched" });
}

/** Puts what the server refused beside the fields it refused, keeps what was typed, and moves the focus to the first. */
export function showRefusals<In extends FieldValues, Out>(
  form: UseFormReturn<In, unknown, Out>,
  refusals: readonly { readonly field: Path<In>; readonly message: string }[],
): void {
  for (const [index, { field, message }] of refusals.entries()) {
    form.setError(field, { type: "server", message }, { shouldFocus: index === 0 });
  }
}
