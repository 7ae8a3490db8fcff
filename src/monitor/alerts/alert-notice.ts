/** What a sink gets: once when an alert begins, once when it ends. It holds no title, no post and no credential. */
export interface AlertNotice {
  /** The same in both notices of an alert. */
  readonly alertId: string;
  readonly state: 'began' | 'ended';
  /** The name of the rule. */
  readonly rule: string;
  /** What the alert is about: 'api:tmdb', 'operation:find_movie', 'searches', 'budget:day', 'database', 'spool' ... */
  readonly subject: string;
  readonly severity: 'warning' | 'critical';
  /** When it began or ended, ISO 8601. */
  readonly at: string;
  /** When what is wrong was first seen: before the beginning by what the rule waits. */
  readonly since: string;
  /** Per cent, or writes that wait, as last seen; null where there is no figure. */
  readonly value: number | null;
  /** One line for people. */
  readonly message: string;
}
