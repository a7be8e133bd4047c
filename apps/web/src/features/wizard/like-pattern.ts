/** For a search of PostgREST: what contains these words, whatever SQL would read into them. */
export const containing = (words: string): string => `%${words.replaceAll(/[\\%_]/g, "\\$&")}%`;
