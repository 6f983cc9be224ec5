// ---
// id: market.pgd
// version: 1.0.0
// title: {en: Participants a group a day, zh: 每群每日参与人数}
// question: {en: "How many accounts speak in a group on a day, by month?", zh: 各月每群每日有多少账号发言？}
// tags: [market, time]
// params:
//   segment: {type: str, complete: Venue.segments, help: only venues with this tag}
//   since: {type: date, help: first day}
//   until: {type: date, help: last day}
//   exclude_bots: {type: bool, default: false, help: leave out bots}
//   denominator: {type: str, default: active, choices: [active, observed, monitored], help: which group-days divide}
// returns:
//   period: {type: str, key: true}
//   segment: {type: str, help: empty for all venues}
//   groups: {type: int}
//   group_days: {type: int}
//   participants: {type: int}
//   pgd: {type: float}
//   denominator: {type: str}
//   coverage: {type: float}
//   evidence: {type: "list[str]"}
// evidence: files
// limit: 500
// caveats:
//   - en: Days on which a venue was not watched look like silence; read the coverage beside it.
//     zh: 未监测的日子看起来像无人发言，请结合覆盖率阅读。
//   - en: With active group-days the published averages can be made again; that is a reconstruction.
//     zh: 以活跃群日为分母可重现已发表的均值，此为推断。
// expect:
//   - params: {}
//     contains:
//       - {period: 2012-05, group_days: 8, participants: 18, pgd: 3.125}
//       - {period: 2013-06, group_days: 18, participants: 82, pgd: 7.888889}
// ---
CALL () {
  OPTIONAL MATCH (:Run)-[w:WATCHED]->(g:Venue)
  WHERE ($segment IS NULL OR $segment IN g.segments)
    AND ($since IS NULL OR w.day >= $since) AND ($until IS NULL OR w.day <= $until)
  WITH CASE WHEN w.day IS NULL THEN null ELSE date.truncate('month', w.day) END AS month,
       min(w.day) AS low, max(w.day) AS high, count(DISTINCT g.id + toString(w.day)) AS days
  RETURN collect({month: month, days: days}) AS watched, min(low) AS watched_low,
       max(high) AS watched_high
}
CALL () {
  MATCH (m:Venue)
  WHERE ($segment IS NULL OR $segment IN m.segments)
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
  WHERE ($segment IS NULL OR $segment IN v.segments)
    AND ($since IS NULL OR x.day >= $since) AND ($until IS NULL OR x.day <= $until)
    AND (NOT $exclude_bots OR NOT coalesce(a.bot, false))
  WITH date.truncate('month', x.day) AS month,
       count(x) AS sender_days, sum(x.n) AS messages, count(DISTINCT a.id) AS participants,
       count(DISTINCT v.id + toString(x.day)) AS active, collect(DISTINCT v.id) AS venues,
       min(x.day) AS low, max(x.day) AS high
  RETURN min(low) AS low, max(high) AS high,
       collect({month: month, sender_days: sender_days, messages: messages,
       participants: participants, active: active, venues: venues}) AS months
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
     CASE WHEN any(w IN watched WHERE w.days > 0)
       THEN reduce(n = 0, w IN watched | CASE WHEN w.month = month THEN n + w.days ELSE n END)
       ELSE reduce(n = 0, d IN spanned | n + d) END AS seen
WITH row, month, seen, all_days, toFloat(seen) / all_days AS coverage
CALL (row) {
  MATCH (f:File)-[:HOLDS]->(v:Venue)
  WHERE v.id IN row.venues
  RETURN collect(DISTINCT f.id) AS files
}
WITH row, month, coverage, files, CASE $denominator WHEN 'active' THEN row.active
     WHEN 'observed' THEN seen ELSE all_days END AS group_days
RETURN left(toString(month), 7) AS period, coalesce($segment, '') AS segment,
       size(row.venues) AS groups, group_days, row.participants AS participants,
       CASE WHEN group_days > 0 THEN toFloat(row.sender_days) / group_days END AS pgd,
       $denominator AS denominator, coverage, files AS evidence
ORDER BY period
LIMIT $limit
