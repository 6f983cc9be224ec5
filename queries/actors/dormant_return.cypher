// ---
// id: actors.dormant_return
// version: 1.0.0
// title: {en: Back after a silence, zh: 沉默后复出}
// question:
//   en: "Who came back after so many days without a post, and what had changed?"
//   zh: 谁在沉默多日后复出，有何变化？
// slow:
//   en: It reads every day of every account.
//   zh: 须读取每个账号的每一天。
// tags: [actor, time]
// params:
//   days: {type: int, default: 60, min: 1, max: 36500, help: least watched days without a post}
//   exclude_shared: {}
// returns:
//   actor: {type: str, key: true}
//   name: {type: str}
//   gap_days: {type: int, help: watched days without a post}
//   last_before: {type: date, help: last day with a post before the silence}
//   returned: {type: date, key: true, help: first day with a post after it}
//   coverage_in_gap: {type: float, help: share of the days between that was watched}
//   handle_change: {type: "list[str]", help: "names that came (+) and went (-)"}
//   price_change: {type: float, help: "median change of unit prices of the same goods, currency and unit"}
//   product_change: {type: "list[str]", help: "goods that came (+) and went (-); empty where one side offered nothing"}
//   evidence: {type: "list[str]"}
// evidence: files
// post: gaps
// limit: 100
// caveats:
//   - en: An account, not a handle, comes back; another account under an old name is no return.
//     zh: 以账号为准而非昵称；他人使用旧昵称不算复出。
//   - en: The account may have changed hands during the silence; what changed is a reason to look.
//     zh: 沉默期间账号可能易手；变化只是进一步核查的理由。
//   - en: Days on which the venue was not watched are not counted.
//     zh: 未监测的日子不计入。
// expect:
//   - params: {days: 400}
//     contains: [{actor: "account:qq:14119", gap_days: 459, returned: 2013-11-12}]
//   - case: actors.silence
//     params: {days: 40}
//     rows: 2
//     contains:
//       - {actor: "account:telegram:quiet", gap_days: 48, returned: 2021-04-20, handle_change: [], product_change: []}
//       - {actor: "account:telegram:new", gap_days: 48, handle_change: ["+late", "-early"], product_change: ["+product:loan_leads"], price_change: 0.5}
//     lacks: [{actor: "account:telegram:heir"}, {actor: "account:telegram:unseen"}]
// ---
// Days go to the step as one text a tie, which crosses from the store at half the price.
MATCH (a:Account)
WHERE NOT coalesce(a.own, false)
OPTIONAL MATCH (a)-[:RESOLVED_TO]->(u:Actor)
WITH a, coalesce(u, a) AS s
WHERE NOT $exclude_shared OR NOT (coalesce(a.shared, false) OR coalesce(s.shared, false))
CALL (a) {
  MATCH (a)-[x:ACTIVE_IN]->(v:Venue)
  RETURN collect(v.id + ' ' + toString(x.day)) AS days
}
WITH a, s, days
WHERE size(days) > 0
RETURN s.id AS entity, s.name AS name, a.id AS account, days
ORDER BY entity, account
LIMIT $limit
