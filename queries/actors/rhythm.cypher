// ---
// id: actors.rhythm
// version: 1.1.0
// title: {en: Hours and weekdays, zh: 作息:时段与星期}
// question: {en: At which hours and on which weekdays does somebody post?, zh: 某账号或行为人在哪些时段、星期几发言？}
// tags: [actor, time]
// params:
//   actor: {type: str, required: true, complete: Account.id, help: an account or actor}
// returns:
//   weekday: {type: int, key: true, help: 1 is Monday}
//   hour: {type: int, key: true, help: in the case's zone}
//   posts: {type: int}
//   night_share: {type: float, help: "of all posts, those from 22 to 6 o'clock"}
//   weekend_share: {type: float, help: of all posts}
//   evidence: {type: "list[str]"}
// evidence: files
// caveats:
//   - en: A vendor saw more than 50 % of leak sales at night and more than 30 % on non-working days (2023).
//     zh: 某厂商统计，超过 50% 的数据交易发生在夜间，超过 30% 在非工作日（2023 年）。
// expect:
//   - params: {actor: "account:telegram:9900001017"}
//     contains: [{weekday: 2, hour: 17, posts: 4, weekend_share: 0.307692}, {weekday: 3, hour: 14, posts: 4}]
// ---
MATCH (a:Account)-[x:ACTIVE_IN]->(v:Venue)
WHERE a.id = $actor OR EXISTS { MATCH (a)-[:RESOLVED_TO]->(u:Actor) WHERE u.id = $actor }
UNWIND range(0, 23) AS hour
WITH x.day.dayOfWeek AS weekday, hour, x.by_hour[hour] AS n, v
WITH weekday, hour, sum(n) AS posts, collect(DISTINCT v.id) AS venues
WITH collect({weekday: weekday, hour: hour, posts: posts, venues: venues}) AS parts,
     sum(posts) AS total, sum(CASE WHEN hour >= 22 OR hour < 6 THEN posts ELSE 0 END) AS night,
     sum(CASE WHEN weekday >= 6 THEN posts ELSE 0 END) AS weekend
UNWIND parts AS part
WITH part.weekday AS weekday, part.hour AS hour, part.posts AS posts, part.venues AS venues, total,
     night, weekend
WHERE posts > 0
CALL (venues) {
  MATCH (f:File)-[:HOLDS]->(v:Venue)
  WHERE v.id IN venues
  RETURN collect(DISTINCT f.id) AS files
}
RETURN weekday, hour, posts, toFloat(night) / total AS night_share,
       toFloat(weekend) / total AS weekend_share, files AS evidence
ORDER BY weekday, hour
LIMIT $limit
