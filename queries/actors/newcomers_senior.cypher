// ---
// id: actors.newcomers_senior
// version: 1.0.0
// title: {en: New accounts that act like old ones, zh: 行事老练的新账号}
// question:
//   en: Which new accounts pay a deposit or use texts that existed before them?
//   zh: 哪些新账号一出现就交押金或沿用早已存在的文案？
// tags: [actor, time]
// params:
//   max_age_days: {type: int, default: 14, min: 0, max: 36500, help: most days since the account was first seen}
//   since: {}
//   until: {}
//   modality: {}
//   exclude_shared: {}
// returns:
//   account: {type: str, key: true}
//   name: {type: str}
//   age_days: {type: int, help: at its first deposit or reused text}
//   deposit: {type: float, help: largest that is stated}
//   deposits: {type: int}
//   listings: {type: int, help: in the first days}
//   template_reuse: {type: int, help: texts of these that existed before the account}
//   watched_before: {type: int, help: "days watched in its venues before it was first seen, at most 30"}
//   n_posts: {type: int, help: posts of the listings and deposits}
//   first_seen: {type: datetime, help: of the account}
//   last_seen: {type: datetime, help: of the account}
//   confidence: {type: float, help: lowest of deposits and listings}
//   evidence: {type: "list[str]"}
// limit: 100
// caveats:
//   - en: New means first observed; where the venue was not watched before, nothing is said of its age, and it is left out.
//     zh: 新指首次观察到；此前未监测该场所的账号无法判断，予以略去。
//   - en: A text is copied by strangers too; reuse is a reason to look, no link.
//     zh: 文案常被他人抄用；沿用只是线索，不构成关联。
// expect:
//   - {params: {max_age_days: 0, until: 1990-01-01}, rows: 0}
//   - params: {}
//     contains: [{account: "account:telegram:9900001049", deposits: 1}]
//   - case: actors.newcomers
//     rows: 2
//     contains:
//       - {account: "account:telegram:copy", age_days: 2, listings: 2, template_reuse: 1, deposits: 0, watched_before: 29}
//       - {account: "account:telegram:payer", age_days: 1, deposit: 500.0, template_reuse: 0}
//     lacks: [{account: "account:telegram:early"}, {account: "account:telegram:author"}, {account: "account:telegram:late"}]
//   - case: actors.newcomers
//     params: {modality: [analyst]}
//     rows: 1
//     lacks: [{account: "account:telegram:payer"}]
// ---
CALL () {
  MATCH (a:Account)-[:LISTED]->(l:Listing)-[:EXPRESSED_IN]->(po:Post)
  WHERE l.posted_at < a.first_seen + duration({days: $max_age_days + 1})
  OPTIONAL MATCH (po)-[:IN_CLUSTER]->(t:TextCluster)
  WHERE t.first_seen < a.first_seen
  RETURN a, l.id AS listing, t.id AS text, l.posted_at AS at, l.confidence AS sure, [po.id] AS posts,
         null AS paid, null AS amount
  UNION ALL
  MATCH (a:Account)-[d:DEPOSITED_WITH]->(:EscrowService|Venue)
  WHERE d.first_seen < a.first_seen + duration({days: $max_age_days + 1})
    AND d.modality IN $modality
  RETURN a, null AS listing, null AS text, d.first_seen AS at, d.confidence AS sure,
         d.posts AS posts, d.id AS paid, d.amount AS amount
}
WITH a, count(DISTINCT listing) AS listings, count(DISTINCT text) AS template_reuse,
     count(DISTINCT paid) AS deposits, max(amount) AS deposit, min(sure) AS confidence,
     collect(posts) AS posts,
     min(CASE WHEN text IS NOT NULL OR paid IS NOT NULL THEN at END) AS acted
WHERE acted IS NOT NULL AND NOT coalesce(a.own, false)
  AND (NOT $exclude_shared OR NOT coalesce(a.shared, false))
  AND ($since IS NULL OR a.first_seen >= $since) AND ($until IS NULL OR a.first_seen < $until)
MATCH (a)-[:POSTED]->(:Post)-[:IN_VENUE]->(v:Venue)
WITH DISTINCT a, listings, template_reuse, deposits, deposit, confidence, posts, acted, v
OPTIONAL MATCH (:Run)-[w:WATCHED]->(v)
WHERE w.day < date(a.first_seen) AND w.day >= date(a.first_seen - duration('P30D'))
WITH a, listings, template_reuse, deposits, deposit, confidence, posts, acted,
     count(DISTINCT w.day) AS days,
     max((a.first_seen.epochSeconds - v.first_seen.epochSeconds) / 86400) AS known
WITH a, listings, template_reuse, deposits, deposit, confidence, posts, acted,
     CASE WHEN EXISTS { (:Run)-[:WATCHED]->(:Venue) } THEN days
       WHEN known > 30 THEN 30 ELSE coalesce(known, 0) END AS watched_before
WHERE watched_before > 0
UNWIND posts AS some
UNWIND some AS post
WITH a, listings, template_reuse, deposits, deposit, confidence, acted, watched_before,
     count(DISTINCT post) AS n_posts, collect(DISTINCT post) AS evidence
RETURN a.id AS account, a.name AS name,
       (acted.epochSeconds - a.first_seen.epochSeconds) / 86400 AS age_days, deposit, deposits,
       listings, template_reuse, watched_before, n_posts, a.first_seen AS first_seen,
       a.last_seen AS last_seen, confidence, evidence
ORDER BY template_reuse DESC, account
LIMIT $limit
