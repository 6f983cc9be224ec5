// ---
// id: market.messages_month
// version: 1.1.0
// title: {en: Messages a month, zh: 每月消息数}
// question: {en: "How many messages and participants are there a month, and do they grow?", zh: 每月有多少消息与参与者，增长如何？}
// tags: [market, time]
// params:
//   venues: {type: "list[str]", complete: Venue.id, help: only these venues}
//   segment: {type: str, complete: Venue.segments, help: only venues with this tag}
//   since: {type: date, help: first day}
//   until: {type: date, help: last day}
//   exclude_bots: {type: bool, default: false, help: leave out bots}
//   min_coverage: {type: float, default: 0.9, min: 0, max: 1, help: least coverage for which growth is given}
// returns:
//   period: {type: str, key: true}
//   messages: {type: int}
//   participants: {type: int, help: distinct over the month}
//   messages_growth: {type: float, help: against the row before; empty below min_coverage}
//   participants_growth: {type: float}
//   panel_growth: {type: float, help: messages in the venues that were observed in both months}
//   groups: {type: int}
//   coverage: {type: float, help: watched group-days of all group-days}
//   evidence: {type: "list[str]"}
// evidence: files
// limit: 500
// caveats:
//   - en: Days on which a venue was not watched look like silence; read the coverage beside it.
//     zh: 未监测的日子看起来像无人发言，请结合覆盖率阅读。
// expect:
//   - params: {}
//     contains:
//       - {period: 2012-05, messages: 50, participants: 18}
//       - {period: 2013-06, messages: 260, participants: 82}
// ---
CALL () {
  OPTIONAL MATCH (:Run)-[w:WATCHED]->(g:Venue)
  WHERE ($segment IS NULL OR $segment IN g.segments) AND ($venues IS NULL OR g.id IN $venues)
    AND ($since IS NULL OR w.day >= $since) AND ($until IS NULL OR w.day <= $until)
  WITH CASE WHEN w.day IS NULL THEN null ELSE date.truncate('month', w.day) END AS month,
       min(w.day) AS low, max(w.day) AS high, count(DISTINCT g.id + toString(w.day)) AS days,
       collect(DISTINCT g.id) AS venues
  RETURN collect({month: month, days: days, venues: venues}) AS watched, min(low) AS watched_low,
       max(high) AS watched_high
}
CALL () {
  MATCH (m:Venue)
  WHERE ($segment IS NULL OR $segment IN m.segments) AND ($venues IS NULL OR m.id IN $venues)
    AND (EXISTS { (m)<-[:ACTIVE_IN]-(:Account) } OR EXISTS { (m)<-[:WATCHED]-(:Run) })
  OPTIONAL MATCH (m)<-[y:ACTIVE_IN]-(:Account)
  WHERE ($since IS NULL OR y.day >= $since) AND ($until IS NULL OR y.day <= $until)
  WITH m.id AS venue, min(y.day) AS first, max(y.day) AS last
  // Without a coverage file a venue counts as watched from its first to its last message.
  RETURN count(venue) AS monitored,
       collect({first: first, last: last}) AS spans
}
CALL () {
  MATCH (a:Account)-[x:ACTIVE_IN]->(v:Venue)
  WHERE ($segment IS NULL OR $segment IN v.segments) AND ($venues IS NULL OR v.id IN $venues)
    AND ($since IS NULL OR x.day >= $since) AND ($until IS NULL OR x.day <= $until)
    AND (NOT $exclude_bots OR NOT coalesce(a.bot, false))
  WITH date.truncate('month', x.day) AS month,
       sum(x.n) AS messages, count(DISTINCT a.id) AS participants,
       collect(DISTINCT v.id) AS venues,
       min(x.day) AS low, max(x.day) AS high
  RETURN min(low) AS low, max(high) AS high,
       collect({month: month, messages: messages,
       participants: participants, venues: venues}) AS months
}
WITH watched, monitored, spans, months,
     coalesce($since, CASE WHEN watched_low < low THEN watched_low ELSE low END) AS low,
     coalesce($until, CASE WHEN watched_high > high THEN watched_high ELSE high END) AS high
UNWIND months AS row
WITH watched, monitored, spans, row, row.month AS month, row.month + duration('P1M') AS next, low, high
WITH watched, monitored, spans, row, month, CASE WHEN low > month THEN low ELSE month END AS begin,
     CASE WHEN high < next THEN high + duration('P1D') ELSE next END AS finish
WITH watched, monitored, row, month, duration.inDays(begin, finish).days AS days,
     [s IN spans WHERE s.first < finish AND s.last >= begin | duration.inDays(
       CASE WHEN s.first > begin THEN s.first ELSE begin END,
       CASE WHEN s.last < finish THEN s.last + duration('P1D') ELSE finish END).days] AS spanned
WITH row, month, monitored * days AS all_days,
     reduce(all_seen = row.venues, w IN watched |
       CASE WHEN w.month = month THEN all_seen + w.venues ELSE all_seen END) AS observed,
     CASE WHEN any(w IN watched WHERE w.days > 0)
       THEN reduce(n = 0, w IN watched | CASE WHEN w.month = month THEN n + w.days ELSE n END)
       ELSE reduce(n = 0, d IN spanned | n + d) END AS seen
WITH row, month, observed, toFloat(seen) / all_days AS coverage
CALL (row) {
  MATCH (f:File)-[:HOLDS]->(v:Venue)
  WHERE v.id IN row.venues
  RETURN collect(DISTINCT f.id) AS files
}
WITH month, row, observed, coverage, files
ORDER BY month
WITH collect({month: month, messages: row.messages, participants: row.participants,
     groups: size(row.venues), observed: observed, coverage: coverage, files: files}) AS rows
CALL (rows) {
  MATCH (b:Account)-[z:ACTIVE_IN]->(u:Venue)
  WHERE ($segment IS NULL OR $segment IN u.segments) AND ($venues IS NULL OR u.id IN $venues)
    AND ($since IS NULL OR z.day >= $since) AND ($until IS NULL OR z.day <= $until)
    AND (NOT $exclude_bots OR NOT coalesce(b.bot, false))
  WITH date.truncate('month', z.day) AS month, u.id AS venue, sum(z.n) AS n
  WITH month, collect({venue: venue, n: n}) AS sizes
  RETURN collect({month: month, sizes: sizes}) AS told
}
UNWIND range(0, size(rows) - 1) AS at
WITH told, rows[at] AS row, CASE WHEN at > 0 THEN rows[at - 1] END AS before
WITH row, before, [t IN told WHERE t.month = row.month | t.sizes] AS now,
     [t IN told WHERE t.month = before.month | t.sizes] AS past
WITH row, before, reduce(s = 0, t IN head(now) |
       CASE WHEN t.venue IN before.observed THEN s + t.n ELSE s END) AS panel,
     reduce(s = 0, t IN coalesce(head(past), []) |
       CASE WHEN t.venue IN row.observed THEN s + t.n ELSE s END) AS panel_before,
     before IS NOT NULL AND before.month + duration('P1M') = row.month
     AND row.coverage >= $min_coverage AND before.coverage >= $min_coverage AS comparable
RETURN left(toString(row.month), 7) AS period, row.messages AS messages,
       row.participants AS participants,
       CASE WHEN comparable AND before.messages > 0
         THEN toFloat(row.messages - before.messages) / before.messages END AS messages_growth,
       CASE WHEN comparable AND before.participants > 0
         THEN toFloat(row.participants - before.participants) / before.participants END
         AS participants_growth,
       CASE WHEN comparable AND panel_before > 0
         THEN toFloat(panel - panel_before) / panel_before END AS panel_growth,
       row.groups AS groups, row.coverage AS coverage, row.files AS evidence
ORDER BY period
LIMIT $limit
