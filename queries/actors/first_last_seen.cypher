// ---
// id: actors.first_last_seen
// version: 1.0.0
// title: {en: First and last seen, zh: 首次与最近出现}
// question:
//   en: "When was somebody first and last seen, how long silent, and was the venue watched then?"
//   zh: 何时首次与最近出现，最长沉默多久，期间该场所是否在监测？
// slow:
//   en: Without an account it reads every day of every account.
//   zh: 未指定账号时须读取每个账号的每一天。
// tags: [actor, time]
// params:
//   entity: {type: str, complete: Account.id, help: only this account or actor}
//   gap_days: {type: int, default: 30, min: 1, max: 36500, help: least days without a post that are looked at}
//   exclude_shared: {}
// returns:
//   entity: {type: str, key: true}
//   name: {type: str}
//   first: {type: datetime}
//   last: {type: datetime}
//   max_gap_days: {type: int, help: watched days without a post in the longest silence}
//   gap_from: {type: date, help: last day with a post before it}
//   gap_to: {type: date, help: first day with a post after it}
//   coverage_in_gap: {type: float, help: share of the days between that was watched}
//   n_posts: {type: int}
//   evidence: {type: "list[str]"}
// evidence: files
// post: gaps
// caveats:
//   - en: First and last mean first and last observed; a day on which the venue was not watched is no silence.
//     zh: 首次与最近均指观察所及；未监测的日子不算沉默。
//   - en: A day counts as watched if every venue of the last post before and the first after it was; without coverage files, from a venue's first post to its last.
//     zh: 沉默前末帖与其后首帖所在场所当日均被监测才计入；无监测记录时以场所首帖至末帖为准。
// expect:
//   - params: {entity: "account:telegram:9900001017"}
//     rows: 1
//     contains: [{entity: "account:telegram:9900001017"}]
//   - case: actors.silence
//     params: {entity: "account:telegram:quiet"}
//     rows: 1
//     contains: [{max_gap_days: 48, gap_from: 2021-03-02, gap_to: 2021-04-20, coverage_in_gap: 1.0, n_posts: 3}]
//   - case: actors.silence
//     params: {entity: "account:telegram:unseen"}
//     contains: [{max_gap_days: 0, coverage_in_gap: 0.0}]
//   - case: actors.silence
//     params: {entity: "account:telegram:elsewhere"}
//     contains: [{max_gap_days: 1}]
//   - case: actors.silence
//     params: {entity: "actor:two"}
//     contains: [{n_posts: 4, max_gap_days: null}]
//   - case: actors.silence
//     lacks: [{entity: "account:telegram:bot"}, {entity: "account:telegram:own"}, {entity: "account:telegram:one"}]
// ---
// Days go to the step as one text a tie, which crosses from the store at half the price.
MATCH (a:Account)
WHERE NOT coalesce(a.own, false)
OPTIONAL MATCH (a)-[:RESOLVED_TO]->(u:Actor)
WITH a, CASE WHEN a.id = $entity THEN a ELSE coalesce(u, a) END AS s
WHERE ($entity IS NULL OR s.id = $entity)
  AND (NOT $exclude_shared OR $entity IS NOT NULL
       OR NOT (coalesce(a.shared, false) OR coalesce(s.shared, false)))
CALL (a) {
  MATCH (a)-[x:ACTIVE_IN]->(v:Venue)
  RETURN collect(v.id + ' ' + toString(x.day)) AS days
}
WITH a, s, days
WHERE size(days) > 0
RETURN s.id AS entity, s.name AS name, a.id AS account, days
ORDER BY entity, account
LIMIT $limit
