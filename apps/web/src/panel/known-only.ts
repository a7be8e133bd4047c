import type { ReactNode } from "react";

/**
 * A layout that asks for what is in the address (`read`, which ends in `notFound()`) and adds nothing else. A layout, because no skeleton waits
 * before it: behind one the answer has begun, and can be no 404 any more.
 */
export const knownOnly =
  <Params>(read: (params: Promise<Params>) => Promise<unknown>) =>
  async ({ params, children }: { readonly params: Promise<Params>; readonly children: ReactNode }): Promise<ReactNode> => {
    await read(params);
    return children;
  };
