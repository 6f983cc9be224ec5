// ---
// id: qa.coverage_calendar
// version: 1.0.0
// title: {en: Watched days, zh: 监测日历}
// question: {en: Which venues were watched on which days?, zh: 哪些场所在哪些日子被监测？}
// tags: [quality, time]
// params:
//   venues: {type: "list[str]", complete: Venue.id, help: only these venues}
//   since: {type: date, help: first day}
//   until: {type: date, help: last day}
// returns:
//   venue: {type: str, key: true}
//   day: {type: date, key: true}
//   watched: {type: bool, help: the whole day}
//   posts: {type: int}
// evidence: none
// limit: 5000
// expect:
//   - params: {venues: ["venue:forum:name/公告"], since: 2023-08-01, until: 2023-08-03}
//     rows: 3
//     contains: [{watched: true}]
// ---
MATCH (:Run)-[w:WATCHED]->(v:Venue)
WHERE ($venues IS NULL OR v.id IN $venues)
  AND ($since IS NULL OR w.day >= $since) AND ($until IS NULL OR w.day <= $until)
RETURN v.id AS venue, w.day AS day, max(CASE WHEN w.complete THEN 1 ELSE 0 END) = 1 AS watched,
       max(coalesce(w.posts, 0)) AS posts
ORDER BY venue, day
LIMIT $limit
