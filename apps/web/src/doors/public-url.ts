import type { Services } from "./services.ts";

/** For doors whose answer holds an address of ours. */
export const tellPublicUrl = async ({ publicUrl }: Services): Promise<URL> => publicUrl;
