import { z } from "zod";

/** What JSON lets through and Postgres cannot keep. */
const isStorable = (value: string): boolean => value.isWellFormed() && !value.includes("\0");
export const storable = (max: number) => z.string().max(max).refine(isStorable, "holds characters that cannot be stored");

/** Why a member did something that others will ask about; kept with the proof. */
export const Note = storable(500).trim().min(1);
