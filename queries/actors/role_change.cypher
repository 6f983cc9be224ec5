// ---
// id: actors.role_change
// version: 1.0.0
// title: {en: Changes of role, zh: 角色变化}
// question: {en: "Who changed role, and when?", zh: 谁改变了角色，何时改变？}
// tags: [actor, role, time]
// params:
//   window_days: {type: int, default: 90, min: 0, help: most days between the two roles}
//   min_acts: {type: int, default: 3, min: 1, help: least acts in each role}
//   exclude_shared: {}
// returns:
//   actor: {type: str, key: true}
//   name: {type: str}
//   role_from: {type: str, key: true}
//   role_to: {type: str, key: true}
//   date: {type: date, key: true}
//   first_seen: {type: datetime}
//   last_seen: {type: datetime}
//   confidence: {type: float}
//   evidence: {type: "list[str]"}
// caveats:
//   - en: A change is two dated readings; either may be incomplete.
//     zh: 变化由两段有日期的解读构成，任一段都可能不完整。
// expect:
//   - params: {}
//     contains: [{actor: "account:qq:10000231", role_from: supplier, role_to: middleman}]
// ---
MATCH (a:Account|Actor)-[h:HAS_ROLE]->(r:Role)
WHERE h.acts >= $min_acts AND (NOT $exclude_shared OR NOT coalesce(a.shared, false))
MATCH (a)-[g:HAS_ROLE]->(q:Role)
WHERE g.acts >= $min_acts AND r.id <> q.id AND h.valid_to <= g.valid_from
  AND duration.inDays(h.valid_to, g.valid_from).days <= $window_days
WITH a, r.code AS role_from, q.code AS role_to, g.valid_from AS date, h, g
RETURN a.id AS actor, a.name AS name, role_from, role_to, date, min(h.first_seen) AS first_seen,
       max(g.last_seen) AS last_seen,
       min(CASE WHEN h.confidence < g.confidence THEN h.confidence ELSE g.confidence END)
         AS confidence,
       collect(h.posts + g.posts) AS evidence
ORDER BY date, actor, role_from, role_to
LIMIT $limit
