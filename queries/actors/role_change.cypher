// ---
// id: actors.role_change
// version: 1.1.0
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
//   n_posts: {type: int, help: posts of both readings}
//   first_seen: {type: datetime}
//   last_seen: {type: datetime}
//   confidence: {type: float}
//   evidence: {type: "list[str]"}
// caveats:
//   - en: A change is two dated readings; either may be incomplete.
//     zh: 变化由两段有日期的解读构成，任一段都可能不完整。
//   - en: The earlier role is not seen during the later one, nor the later during the earlier; a mere accusation is no role.
//     zh: 前一角色在后一时期不再出现，后一角色在前一时期尚未出现；仅被指控不算角色。
// expect:
//   - params: {}
//     contains: [{actor: "account:qq:10000231", role_from: supplier, role_to: middleman}]
//   - case: actors.roles
//     rows: 1
//     contains: [{actor: "account:telegram:changed", role_from: buyer, role_to: supplier, date: 2021-04-10}]
//     lacks: [{actor: "account:telegram:goes_on"}, {actor: "account:telegram:accused"}, {actor: "account:telegram:own"}]
//   - {case: actors.roles, params: {window_days: 5}, rows: 0}
// ---
MATCH (a:Account|Actor)-[h:HAS_ROLE]->(r:Role)
WHERE h.acts >= $min_acts AND h.basis <> 'accused' AND NOT coalesce(a.own, false)
  AND (NOT $exclude_shared OR NOT coalesce(a.shared, false))
MATCH (a)-[g:HAS_ROLE]->(q:Role)
WHERE g.acts >= $min_acts AND g.basis <> 'accused' AND r.id <> q.id
  AND h.valid_to <= g.valid_from
  AND duration.inDays(h.valid_to, g.valid_from).days <= $window_days
  AND NOT EXISTS {
    MATCH (a)-[k:HAS_ROLE]->(r)
    WHERE k.basis <> 'accused' AND k.valid_from <= g.valid_to AND k.valid_to > g.valid_from
  }
  AND NOT EXISTS {
    MATCH (a)-[k:HAS_ROLE]->(q)
    WHERE k.basis <> 'accused' AND k.valid_to >= h.valid_from AND k.valid_from < h.valid_to
  }
WITH a, r.code AS role_from, q.code AS role_to, g.valid_from AS date, h, g
RETURN a.id AS actor, a.name AS name, role_from, role_to, date, sum(h.n + g.n) AS n_posts,
       min(h.first_seen) AS first_seen, max(g.last_seen) AS last_seen,
       min(CASE WHEN h.confidence < g.confidence THEN h.confidence ELSE g.confidence END)
         AS confidence,
       collect(coalesce(h.posts, []) + coalesce(g.posts, [])) AS evidence
ORDER BY date, actor, role_from, role_to
LIMIT $limit
