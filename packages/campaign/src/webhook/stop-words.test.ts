import { expect, test } from "vitest";
import { isStopWord } from "./stop-words.ts";

test("a message that is nothing but a stop word is an opt-out, in any case and with closing punctuation", () => {
  for (const text of ["STOP", " Stop. ", "stop!!", "Baja", "ARRÊT", "стоп", "توقف", "停止"]) expect(isStopWord(text), text).toBe(true);
});

test("a sentence that contains a stop word is a conversation", () => {
  for (const text of ["please stop sending the blue ones", "when does it end?", "don't stop", ""])
    expect(isStopWord(text), text).toBe(false);
});

test("L7: a stop word is understood however the keyboard composes it, and with what people put around it", () => {
  for (const text of [
    "İPTAL",
    "i\u0307ptal",
    "ARRE\u0302T",
    "de\u0301sabonner",
    "STOP 🛑",
    '"stop"',
    "stop,",
    "*STOP*",
    "\u200Estop\u200B",
    "STOP。",
    "opt  out",
    "बंद करें।",
  ])
    expect(isStopWord(text), text).toBe(true);
});

test("a question is not an opt-out", () => {
  for (const text of ["stop?", "baja?", "end？", "¿parar?", "إيقاف؟"]) expect(isStopWord(text), text).toBe(false);
});
