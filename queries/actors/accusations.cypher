// ---
// id: actors.accusations
// version: 1.0.0
// title: {en: Accusations, zh: 指控}
// question: {en: "Who accuses whom, with what outcome?", zh: 谁指控谁，结果如何？}
// tags: [actor, accusation]
// params:
//   actor: {type: str, complete: Account.id, help: only accusations by or against this account}
//   since: {}
//   until: {}
// returns:
//   accuser: {type: str, key: true}
//   accused: {type: str, key: true}
//   accused_name: {type: str}
//   outcome: {type: str}
//   ruled_by: {type: str}
//   claims: {type: "list[str]"}
//   n: {type: int}
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
// ---
MATCH (x:Account)-[t:ACCUSES]->(y:Account|Handle|Contact)
WHERE ($actor IS NULL OR x.id = $actor OR y.id = $actor)
  AND ($since IS NULL OR t.last_seen >= $since) AND ($until IS NULL OR t.first_seen < $until)
RETURN x.id AS accuser, y.id AS accused, y.name AS accused_name,
       coalesce(t.outcome, 'unknown') AS outcome, t.ruled_by AS ruled_by,
       coalesce(t.claims, []) AS claims, t.n AS n, t.first_seen AS first_seen,
       t.last_seen AS last_seen, t.confidence AS confidence, t.posts AS evidence, t
ORDER BY n DESC, accuser, accused
LIMIT $limit
