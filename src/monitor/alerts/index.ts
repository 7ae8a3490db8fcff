export { AlertMonitor, type AlertMonitorOptions } from './alert-monitor.js';
export type { AlertNotice } from './alert-notice.js';
export type {
  AlertRule,
  BudgetLowRule,
  CircuitOpenRule,
  DegradedShareRule,
  NotReadyRule,
  PartDownRule,
  QuotaLowRule,
  RateSubject,
  RuleOptions,
  SpoolNotEmptyRule,
  SuccessRateRule,
} from './alert-rule.js';
export type { AlertCallback, AlertSink, SinkStatistics } from './alert-sink.js';
export { tryAlertRules } from './try-alert-rules.js';
export { verifyWebhook, type WebhookRequest } from './webhook-signature.js';
export { WebhookSink, type WebhookSinkOptions } from './webhook-sink.js';
