/** An expected failure is a value. A defect is thrown. `E` is a union of plain objects with a literal `type`. */
export type Result<T, E> = Ok<T> | Err<E>;
export type Ok<T> = { readonly ok: true; readonly value: T };
export type Err<E> = { readonly ok: false; readonly error: E };

export const ok = <T>(value: T): Ok<T> => ({ ok: true, value });
export const err = <E>(error: E): Err<E> => ({ ok: false, error });

/** Unwraps a result whose failure would be a defect at this place. */
export function expectOk<T>(result: Result<T, unknown>, why: string): T {
  if (result.ok) return result.value;
  throw new Error(`${why}: ${JSON.stringify(result.error)}`);
}

/** Proves to the compiler that a union was handled whole. */
export function assertNever(value: never): never {
  throw new Error(`unhandled case: ${JSON.stringify(value)}`);
}
