/** Whole messages that mean "stop", in the languages our operators write in. Compared without case, spaces around and closing punctuation. */
const stopWords = new Set([
  ...["stop", "stop all", "stopall", "unsubscribe", "cancel", "end", "quit", "opt out", "optout", "stop promotions"],
  ...["parar", "baja", "alto", "cancelar", "detener", "sair", "descadastrar", "pare"],
  ...["arrêt", "arret", "arrêter", "désabonner", "stopp", "abmelden", "abbestellen", "basta", "ferma", "annulla"],
  ...[
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
]);

/** True for a message that is nothing but a stop word; "please stop sending the blue ones" is a conversation, and stays one. */
export const isStopWord = (text: string): boolean =>
  stopWords.has(
    text
      .trim()
      .toLowerCase()
      .replace(/[\s.!]+$/u, ""),
  );
