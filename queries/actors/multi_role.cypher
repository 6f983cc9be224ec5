// ---
// id: actors.multi_role
// version: 1.1.0
// title: {en: Several roles at once, zh: 同时担任多种角色}
// question: {en: Who holds two or more roles at once?, zh: 谁同时担任两种以上角色？}
// tags: [actor, role]
// params:
//   window_days: {type: int, default: 90, min: 0, max: 36500, help: most days between the beginnings of the two}
//   min_acts: {type: int, default: 3, min: 1, help: least acts in each role}
//   exclude_shared: {}
// returns:
//   actor: {type: str, key: true}
//   name: {type: str}
//   roles: {type: "list[str]"}
//   acts_per_role: {type: "list[int]", help: in the order of roles}
//   first_seen: {type: datetime}
//   last_seen: {type: datetime}
//   confidence: {type: float}
//   evidence: {type: "list[str]"}
// caveats:
//   - en: Roles are not exclusive; each is scored on its own.
//     zh: 角色并不互斥，各自独立计分。
//   - en: At once means that the two periods overlap; what somebody is merely accused of is no role here.
//     zh: 同时指两段时期重叠；仅被指控的角色不计。
// expect:
//   - params: {}
//     contains: [{actor: "account:telegram:9900001019"}, {actor: "account:telegram:9900001018"}]
//   - case: actors.roles
//     rows: 1
//     contains: [{actor: "account:telegram:goes_on", roles: [buyer, supplier]}]
//     lacks: [{actor: "account:telegram:changed"}, {actor: "account:telegram:accused"}]
// ---
MATCH (a:Account|Actor)-[h:HAS_ROLE]->(r:Role)
WHERE h.acts >= $min_acts AND h.basis <> 'accused' AND NOT coalesce(a.own, false)
  AND (NOT $exclude_shared OR NOT coalesce(a.shared, false))
  AND EXISTS {
    MATCH (a)-[g:HAS_ROLE]->(q:Role)
    WHERE q.id <> r.id AND g.acts >= $min_acts AND g.basis <> 'accused'
      AND g.valid_from <= h.valid_to AND h.valid_from <= g.valid_to
      AND abs(duration.inDays(h.valid_from, g.valid_from).days) <= $window_days
  }
WITH a, r.code AS code, max(h.acts) AS acts, min(h.first_seen) AS first, max(h.last_seen) AS last,
     max(h.confidence) AS sure, collect(h.posts) AS posts
ORDER BY code
WITH a, collect(code) AS roles, collect(acts) AS acts_per_role, min(first) AS first_seen,
     max(last) AS last_seen, min(sure) AS confidence, collect(posts) AS posts
RETURN a.id AS actor, a.name AS name, roles, acts_per_role, first_seen, last_seen, confidence,
       posts AS evidence
ORDER BY size(roles) DESC, actor
LIMIT $limit
