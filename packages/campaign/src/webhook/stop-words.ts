/** Whole messages that mean "stop", in the languages our operators write in. */
const stopWords = new Set(
  [
    ["stop", "stop all", "stopall", "unsubscribe", "cancel", "end", "quit", "opt out", "optout", "stop promotions"],
    ["parar", "baja", "alto", "cancelar", "detener", "sair", "descadastrar", "pare"],
    ["arrêt", "arret", "arrêter", "désabonner", "stopp", "abmelden", "abbestellen", "basta", "ferma", "annulla"],
    [
      "стоп",
      "отписаться",
      "dur",
      "iptal",
      "durdur",
      "توقف",
      "إيقاف",
      "ايقاف",
      "إلغاء",
      "الغاء",
      "रोकें",
      "बंद करें",
      "berhenti",
      "停止",
      "退订",
    ],
  ].flat(),
);

/**
 * True for a message that is nothing but a stop word; "please stop sending the blue ones" is a conversation, and stays one, as does "stop?".
 * Case, spaces, and punctuation or emoji around the word do not count.
 */
export const isStopWord = (text: string): boolean => stopWords.has(plain(text));

/** Question marks stay: who asks has not decided. */
const trimmings = /^[[\s\p{P}\p{S}\p{Cf}\uFE0F]--[?¿؟？]]+|[[\s\p{P}\p{S}\p{Cf}\uFE0F]--[?¿؟？]]+$/gv;

/** One spelling per word: keyboards differ in how they compose "Ê", and the capital of Turkish "iptal" is "İPTAL", whose dot outlives lower case. */
const plain = (text: string): string =>
  text.toLowerCase().replaceAll("\u0307", "").normalize("NFC").replace(trimmings, "").replace(/\s+/gu, " ");
