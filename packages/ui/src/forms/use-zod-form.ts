"use client";
import { useCallback, useRef } from "react";
import {
  type DefaultValues,
  type FieldErrors,
  type FieldValues,
  type Path,
  type Resolver,
  type UseFormRegister,
  type UseFormReturn,
  useForm,
} from "react-hook-form";
import type { z } from "zod";

/** No field has this name, so that an error under it belongs to the form. */
const whole = "~form";
const unchecked: FieldErrors = { [whole]: { type: "unchecked" } };

export type ZodForm<In extends FieldValues, Out> = UseFormReturn<In, unknown, Out> & {
  /** The last submit could not be checked, because the rules could not be fetched: nothing was sent, and the next submit fetches them again. */
  readonly isUnchecked: boolean;
};

/**
 * A form held to the schema its door uses. Complains when a field is left, then follows each key; on submit the focus goes
 * to the first field that is wrong. `loadSchema` must be stable, and import what it needs of zod when it is called: the page does not pay for
 * it, the first focus in a field fetches it, and whoever is faster waits.
 */
export function useZodForm<In extends FieldValues, Out extends FieldValues>(
  loadSchema: () => Promise<z.ZodType<Out, In>>,
  defaultValues: DefaultValues<In>,
): ZodForm<In, Out> {
  const rules = useRules(loadSchema);
  const form = useForm<In, unknown, Out>({
    resolver: async (...given) => {
      const check = await rules().catch(() => null);
      return check === null ? { values: {}, errors: unchecked as FieldErrors<In> } : check(...given);
    },
    defaultValues,
    mode: "onTouched",
  });
  const register: UseFormRegister<In> = (name, options) => {
    const field = { ...form.register(name, options), onFocus: () => void rules().catch(() => undefined) };
    return field;
  };
  return { ...form, register, isUnchecked: whole in form.formState.errors };
}

/** Fetches once; what could not be fetched is asked for again the next time. */
function useRules<In extends FieldValues, Out extends FieldValues>(loadSchema: () => Promise<z.ZodType<Out, In>>) {
  const asked = useRef<{ readonly by: typeof loadSchema; readonly rules: Promise<Resolver<In, unknown, Out>> } | null>(null);
  return useCallback((): Promise<Resolver<In, unknown, Out>> => {
    if (asked.current?.by === loadSchema) return asked.current.rules;
    const one = {
      by: loadSchema,
      rules: Promise.all([import("@hookform/resolvers/zod"), loadSchema()]).then(([{ zodResolver }, schema]) => zodResolver(schema)),
    };
    asked.current = one;
    one.rules.catch(() => {
      if (asked.current === one) asked.current = null;
    });
    return one.rules;
  }, [loadSchema]);
}

/** Puts what the server refused beside the fields it refused, keeps what was typed, and moves the focus to the first. */
export function showRefusals<In extends FieldValues, Out>(
  form: Pick<UseFormReturn<In, unknown, Out>, "setError">,
  refusals: readonly { readonly field: Path<In>; readonly message: string }[],
): void {
  for (const [index, { field, message }] of refusals.entries()) {
    form.setError(field, { type: "server", message }, { shouldFocus: index === 0 });
  }
}
