// ---
// id: er.handle_conflicts
// version: 1.0.0
// title: {en: One handle worn by several accounts, zh: 多账号同名}
// question:
//   en: Which accounts wore one handle and must not be merged for it?
//   zh: 哪些账号曾用同一名称而不可因此合并？
// tags: [identity, handle]
// params:
//   exclude_shared: {}
// returns:
//   handle: {type: str, key: true}
//   account_a: {type: str, key: true}
//   account_b: {type: str, key: true}
//   accounts: {type: int, help: all accounts that wore it}
//   conflicts: {type: "list[str]", help: "worn at one time: both wore it at once; no common contact: nothing else joins them"}
//   counter: {type: "list[str]", help: what speaks against one person}
//   worn: {type: "list[str]", help: who wore it from when to when}
//   n_posts: {type: int}
//   first_seen: {type: datetime}
//   last_seen: {type: datetime}
//   confidence: {type: float}
//   evidence: {type: "list[str]"}
// needs: [MAYBE_SAME, MAYBE_IMPERSONATES]
// caveats:
//   - en: A name is taken over when its wearer lets it go; a later wearer is another person until shown otherwise.
//     zh: 名称弃用后可被他人取得；在另有证据之前，后来的使用者应视为另一人。
//   - en: A candidate is a question to an analyst; nothing is merged by itself.
//     zh: 候选仅供分析员判断，绝不自动合并。
// expect:
//   - params: {}
//     rows: 2
//     contains:
//       - {handle: "handle:telegram:海哥数据", account_a: "account:telegram:9900001041", account_b: "account:telegram:9900001042", accounts: 2, conflicts: [no common contact], counter: [other_contact]}
//   - case: er.takeover
//     rows: 2
//     contains:
//       - {handle: "handle:telegram:king", account_a: "account:telegram:old", account_b: "account:telegram:young", accounts: 3, conflicts: [no common contact], counter: [other contact]}
//       - {account_a: "account:telegram:fake", account_b: "account:telegram:old", conflicts: [no common contact, worn at one time]}
//   - case: er.recycled
//     rows: 1
//     contains:
//       - {handle: "handle:telegram:金牌数据库", account_a: "account:telegram:1", account_b: "account:telegram:2", accounts: 2, conflicts: [no common contact], counter: [other_contact]}
//   - case: er.imitated
//     rows: 1
//     contains:
//       - {handle: "handle:telegram:demo_goldking", account_a: "account:telegram:1", account_b: "account:telegram:3", accounts: 3, conflicts: [no common contact, worn at one time]}
//   - {case: er.desk, rows: 0}
//   - {case: er.nobody, rows: 0}
// ---
MATCH (a:Account)-[w:WEARS]->(h:Handle)<-[x:WEARS]-(b:Account)
WHERE a.id < b.id
  AND (NOT $exclude_shared OR NOT (coalesce(a.shared, false) OR coalesce(b.shared, false)))
MATCH (a)-[m:MAYBE_SAME|MAYBE_IMPERSONATES]-(b)
WITH h, a, b, m, w, x, coalesce(w.valid_from <= x.valid_to AND x.valid_from <= w.valid_to, false)
     AS at_once
ORDER BY m.id
WITH h, a, b, max(CASE WHEN at_once THEN 1 ELSE 0 END) AS at_once,
     collect(DISTINCT m) AS candidates, EXISTS {
       MATCH (a)-[:USES_CONTACT]->(c:Contact)<-[:USES_CONTACT]-(b)
       WHERE NOT coalesce(c.shared, false)
     } AS joined
WHERE at_once = 1 OR NOT joined
MATCH (n:Account)-[y:WEARS]->(h)
WITH h, a, b, at_once, joined, candidates, n, y
ORDER BY y.valid_from, n.id
WITH h, a, b, at_once, joined, candidates, count(DISTINCT n.id) AS accounts,
     collect(n.id + coalesce(' from ' + toString(date(y.valid_from)), '')
       + coalesce(' to ' + toString(date(y.valid_to)), '')) AS worn
UNWIND candidates AS m
WITH h, a, b, at_once, joined, accounts, worn, collect(coalesce(m.counter, [])) AS counters,
     sum(m.n) AS n_posts, min(m.first_seen) AS first_seen, max(m.last_seen) AS last_seen,
     max(m.confidence) AS confidence, collect(m.posts) AS posts
RETURN h.id AS handle, a.id AS account_a, b.id AS account_b, accounts,
       CASE WHEN joined THEN [] ELSE ['no common contact'] END
         + CASE at_once WHEN 1 THEN ['worn at one time'] ELSE [] END AS conflicts,
       reduce(said = [], part IN counters | said + part) AS counter, worn, n_posts, first_seen,
       last_seen, confidence, posts AS evidence
ORDER BY handle, account_a, account_b
LIMIT $limit
