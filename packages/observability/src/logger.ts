import { redact, redactText } from "@herald/kernel";
import { type DestinationStream, type Logger as PinoLogger, pino, stdTimeFunctions } from "pino";

export type LogLevel = "debug" | "info" | "warn" | "error" | "silent";

/** What happened, in the past tense, its subject first: `message.accepted`, `flush.failed`. Never a sentence, never a value. */
type EventName = `${string}.${string}`;
/** Ids, counts, durations with their unit in the name; an `error` as it was caught. */
type Fields = Readonly<Record<string, unknown>>;
type Log = (event: EventName, fields?: Fields) => void;

/** One JSON object a line: `{"level":"info","time":"2026-11-21T09:53:12.120Z","service":"worker","campaignId":"…","event":"message.accepted"}`. */
export type Logger = {
  readonly debug: Log;
  readonly info: Log;
  readonly warn: Log;
  readonly error: Log;
  /** A logger whose every line carries these fields as well. */
  readonly child: (fields: Fields) => Logger;
};
export type LoggerOptions = {
  readonly service: string;
  readonly level: LogLevel;
  /** Takes whole lines; standard output when absent. */
  readonly stream?: DestinationStream;
};

/** All that is written went through the kernel's redaction: no phone, name, text, token or wamid reaches a line (law L12). */
export function createLogger({ service, level, stream }: LoggerOptions): Logger {
  const options = {
    level,
    base: { service, pid: process.pid },
    messageKey: "event",
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  return over(stream === undefined ? pino(options) : pino(options, stream));
}

function over(lines: PinoLogger): Logger {
  const at =
    (level: Exclude<LogLevel, "silent">): Log =>
    (event, fields = {}) => {
      if (lines.isLevelEnabled(level)) lines[level](safe(fields), redactText(event));
    };
  return {
    debug: at("debug"),
    info: at("info"),
    warn: at("warn"),
    error: at("error"),
    child: (fields) => over(lines.child(safe(fields))),
  };
}

const safe = (fields: Fields): Fields => redact(fields) as Fields;
