// ---
// id: actors.migration
// version: 1.0.0
// title: {en: Moves from one venue to another, zh: 场所迁移}
// question:
//   en: Who moved from venue A to venue B after an event?
//   zh: 某事件之后谁由 A 场所迁往 B 场所？
// tags: [actor, venue, event]
// params:
//   event: {type: str, required: true, complete: Event.id, help: the event}
//   venue_a: {type: str, required: true, complete: Venue.id, help: where they were before}
//   venue_b: {type: str, required: true, complete: Venue.id, help: where they came after}
//   overlap_days: {type: int, default: 7, min: 0, max: 36500, help: most days in A after the first in B}
//   exclude_shared: {}
// returns:
//   actor: {type: str, key: true}
//   account_a: {type: str, key: true}
//   account_b: {type: str, key: true}
//   last_a: {type: date, help: last day seen in A}
//   first_b: {type: date, help: first day seen in B}
//   lag_days: {type: int, help: from the last day in A to the first in B}
//   link_basis: {type: str, help: "account (the same one), resolved (one actor by decision) or contact (in common)"}
//   watched_b: {type: int, help: "days on which B was watched in the 30 before the event"}
//   evidence: {type: "list[str]"}
// evidence: files
// caveats:
//   - en: Nobody is linked by a handle; a name in A may be worn by somebody else in B.
//     zh: 不以昵称关联；A 场所的昵称在 B 场所可能属于他人。
//   - en: Where B was not watched before the event, the first day in B says little.
//     zh: 若事件前未监测 B 场所，其首次出现意义有限。
//   - en: A contact in common is no proof of one person.
//     zh: 共用联系方式不足以证明为同一人。
// expect:
//   - {params: {event: "event:none", venue_a: "venue:telegram:1", venue_b: "venue:telegram:2"}, rows: 0}
//   - case: actors.moves
//     params: {event: "event:closed", venue_a: "venue:telegram:old", venue_b: "venue:telegram:new"}
//     rows: 3
//     contains:
//       - {actor: "account:telegram:same", account_b: "account:telegram:same", last_a: 2021-03-09, first_b: 2021-03-12, lag_days: 3, link_basis: account, watched_b: 9}
//       - {actor: "account:telegram:seller", account_b: "account:telegram:seller2", link_basis: contact}
//       - {actor: "actor:one", account_a: "account:telegram:x", account_b: "account:telegram:y", link_basis: resolved}
//     lacks:
//       - {account_b: "account:telegram:heir"}
//       - {account_b: "account:telegram:hotline"}
//       - {account_a: "account:telegram:both"}
//       - {account_a: "account:telegram:stays"}
//       - {account_a: "account:telegram:bot"}
//       - {account_a: "account:telegram:own"}
// ---
MATCH (ev:Event)
WHERE ev.id = $event AND ev.date IS NOT NULL
OPTIONAL MATCH (:Run)-[w:WATCHED]->(seen:Venue)
WHERE seen.id = $venue_b AND w.day < ev.date AND w.day >= ev.date - duration('P30D')
WITH ev.date AS event, count(DISTINCT w.day) AS watched_b
MATCH (a:Account)-[x:ACTIVE_IN]->(va:Venue)
WHERE va.id = $venue_a AND NOT coalesce(a.own, false)
  AND (NOT $exclude_shared OR NOT coalesce(a.shared, false))
WITH event, watched_b, a, min(x.day) AS first_a, max(x.day) AS last_a
WHERE first_a < event
CALL (a) {
  RETURN a AS b, 1 AS link
  UNION ALL
  MATCH (a)-[:RESOLVED_TO]->(:Actor)<-[:RESOLVED_TO]-(b:Account)
  WHERE b.id <> a.id
  RETURN b, 2 AS link
  UNION ALL
  MATCH (a)-[:USES_CONTACT]->(c:Contact)<-[:USES_CONTACT]-(b:Account)
  WHERE b.id <> a.id AND (NOT $exclude_shared OR NOT coalesce(c.shared, false))
  RETURN b, 3 AS link
}
WITH event, watched_b, a, last_a, b, min(link) AS link
WHERE NOT coalesce(b.own, false) AND (NOT $exclude_shared OR NOT coalesce(b.shared, false))
MATCH (b)-[y:ACTIVE_IN]->(vb:Venue)
WHERE vb.id = $venue_b
WITH event, watched_b, a, last_a, b, link, min(y.day) AS first_b
WITH event, watched_b, a, last_a, min(first_b) AS came,
     collect({b: b.id, link: link, first_b: first_b}) AS links
WHERE came >= event AND duration.inDays(came, last_a).days <= $overlap_days
OPTIONAL MATCH (a)-[:RESOLVED_TO]->(u:Actor)
UNWIND links AS one
WITH coalesce(u, a).id AS actor, a.id AS account_a, one.b AS account_b, last_a,
     one.first_b AS first_b, one.link AS link, watched_b
CALL () {
  MATCH (f:File)-[:HOLDS]->(v:Venue)
  WHERE v.id IN [$venue_a, $venue_b]
  RETURN collect(DISTINCT f.id) AS files
}
RETURN actor, account_a, account_b, last_a, first_b,
       duration.inDays(last_a, first_b).days AS lag_days,
       CASE link WHEN 1 THEN 'account' WHEN 2 THEN 'resolved' ELSE 'contact' END AS link_basis,
       watched_b, files AS evidence
ORDER BY first_b, actor, account_a, account_b
LIMIT $limit
