export { createLogger, type Logger, type LoggerOptions, type LogLevel } from "./logger.ts";
export { type Counter, createMetrics, type Exposition, type Gauge, type Histogram, type Metrics } from "./metrics.ts";
