// ---
// id: actors.accusations
// version: 2.0.0
// title: {en: Accusations, zh: 指控}
// question: {en: "Who accuses whom, with what outcome?", zh: 谁指控谁，结果如何？}
// tags: [actor, accusation]
// params:
//   actor: {type: str, complete: Account.id, help: only accusations by or against this account or actor}
//   since: {}
//   until: {}
// returns:
//   accuser: {type: str, key: true}
//   accused: {type: str, key: true}
//   accused_name: {type: str}
//   outcome: {type: str}
//   ruled_by: {type: str}
//   claim: {type: "list[str]", help: ids of the claims}
//   n_posts: {type: int}
//   first_seen: {type: datetime}
//   last_seen: {type: datetime}
//   confidence: {type: float}
//   evidence: {type: "list[str]"}
// graph: t
// caveats:
//   - en: That it was said is observed; what was said is not.
//     zh: 观察到的是"有人这样说",而非所说属实。
// expect:
//   - params: {actor: "account:telegram:9900001053"}
//     contains: [{accuser: "account:telegram:9900001030", outcome: unknown}]
//   - case: actors.accused
//     rows: 2
//     contains:
//       - {accuser: "account:telegram:victim", accused: "account:telegram:cheat", outcome: upheld, ruled_by: "account:telegram:bot"}
//       - {accuser: "account:telegram:victim", accused: "handle:telegram:cheat", outcome: unknown}
//     lacks: [{accuser: "account:telegram:own"}]
//   - {case: actors.accused, params: {actor: "actor:x"}, rows: 1}
// ---
MATCH (x:Account)-[t:ACCUSES]->(y:Account|Handle|Contact)
WHERE NOT coalesce(x.own, false)
  AND ($actor IS NULL OR x.id = $actor OR y.id = $actor OR EXISTS {
    MATCH (one:Account)-[:RESOLVED_TO]->(u:Actor)
    WHERE u.id = $actor AND (one.id = x.id OR one.id = y.id)
  })
  AND ($since IS NULL OR t.last_seen >= $since) AND ($until IS NULL OR t.first_seen < $until)
RETURN x.id AS accuser, y.id AS accused, y.name AS accused_name,
       coalesce(t.outcome, 'unknown') AS outcome, t.ruled_by AS ruled_by,
       coalesce(t.claims, []) AS claim, t.n AS n_posts, t.first_seen AS first_seen,
       t.last_seen AS last_seen, t.confidence AS confidence, t.posts AS evidence, t
ORDER BY n_posts DESC, accuser, accused
LIMIT $limit
