// ---
// id: market.segment_compare
// version: 1.0.0
// title: {en: A segment against the whole, zh: 分类与整体对比}
// question: {en: How does a segment of venues differ from all of them?, zh: 某类场所与全部场所有何差别？}
// tags: [market, segment]
// params:
//   segment: {type: str, required: true, complete: Venue.segments, help: the tag of the venues}
//   since: {type: date, help: first day}
//   until: {type: date, help: last day}
//   exclude_bots: {type: bool, default: false, help: leave out bots}
// returns:
//   metric: {type: str, key: true}
//   segment_value: {type: float}
//   overall_value: {type: float, help: "of all venues, those of the segment too"}
//   ratio: {type: float}
//   evidence: {type: "list[str]", help: files of the segment's venues}
// evidence: files
// caveats:
//   - en: Participants are accounts that spoke; the members that a group shows or can hold are never counted.
//     zh: 参与者指发过言的账号，从不采用群显示的成员数或容量。
//   - en: Averages divide by active group-days; the published averages can be made again so, which is a reconstruction.
//     zh: 均值以活跃群日为分母；如此可重现已发表的均值，此为推断。
// expect:
//   - params: {segment: nothing}
//     contains: [{metric: messages, segment_value: 0.0, ratio: 0.0}]
//   - case: market.capacity
//     params: {segment: mobile}
//     rows: 6
//     contains:
//       - {metric: participants, segment_value: 2.0, overall_value: 3.0, ratio: 0.666667}
//       - {metric: messages, segment_value: 8.0, overall_value: 12.0}
//       - {metric: groups, segment_value: 1.0, overall_value: 2.0}
//       - {metric: group_days, segment_value: 2.0, overall_value: 3.0}
//       - {metric: pgd, segment_value: 1.5, overall_value: 1.333333, ratio: 1.125}
//       - {metric: mgd, segment_value: 4.0, overall_value: 4.0, ratio: 1.0}
// ---
OPTIONAL MATCH (a:Account)-[x:ACTIVE_IN]->(v:Venue)
WHERE ($since IS NULL OR x.day >= $since) AND ($until IS NULL OR x.day <= $until)
  AND (NOT $exclude_bots OR NOT coalesce(a.bot, false))
WITH a.id AS account, v.id AS venue, x.day AS day, x.n AS n,
     coalesce($segment IN v.segments, false) AS inside
WITH toFloat(count(DISTINCT venue)) AS groups, toFloat(count(DISTINCT account)) AS participants,
     toFloat(coalesce(sum(n), 0)) AS messages, toFloat(count(day)) AS sender_days,
     toFloat(count(DISTINCT venue + toString(day))) AS group_days,
     toFloat(count(DISTINCT CASE WHEN inside THEN venue END)) AS own_groups,
     toFloat(count(DISTINCT CASE WHEN inside THEN account END)) AS own_participants,
     toFloat(coalesce(sum(CASE WHEN inside THEN n END), 0)) AS own_messages,
     toFloat(count(CASE WHEN inside THEN day END)) AS own_sender_days,
     toFloat(count(DISTINCT CASE WHEN inside THEN venue + toString(day) END)) AS own_group_days,
     collect(DISTINCT CASE WHEN inside THEN venue END) AS venues
CALL (venues) {
  MATCH (f:File)-[:HOLDS]->(v:Venue)
  WHERE v.id IN venues
  RETURN collect(DISTINCT f.id) AS files
}
UNWIND [
  {metric: 'groups', own: own_groups, every: groups},
  {metric: 'group_days', own: own_group_days, every: group_days},
  {metric: 'messages', own: own_messages, every: messages},
  {metric: 'participants', own: own_participants, every: participants},
  {metric: 'pgd', own: CASE WHEN own_group_days > 0 THEN own_sender_days / own_group_days END,
    every: CASE WHEN group_days > 0 THEN sender_days / group_days END},
  {metric: 'mgd', own: CASE WHEN own_group_days > 0 THEN own_messages / own_group_days END,
    every: CASE WHEN group_days > 0 THEN messages / group_days END}
] AS row
RETURN row.metric AS metric, row.own AS segment_value, row.every AS overall_value,
       CASE WHEN row.every > 0 THEN row.own / row.every END AS ratio, files AS evidence
ORDER BY metric
LIMIT $limit
