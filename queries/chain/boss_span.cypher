// ---
// id: chain.boss_span
// version: 1.0.0
// title: {en: Who instructs whom, zh: 谁指使谁}
// question:
//   en: Who instructs whom, on explicit text, report or court basis only?
//   zh: 仅以明文、报告或判决为据，谁指使谁？
// tags: [chain, boss]
// params:
//   actor: {type: str, complete: Actor.id, help: only where this account or actor is one of the two}
//   min_confidence: {}
//   modality: {default: [observed, claimed, derived, analyst], help: "kinds of statement that count; reports and courts are analyst"}
// returns:
//   boss: {type: str, key: true}
//   boss_name: {type: str}
//   subordinate: {type: str, key: true}
//   subordinate_name: {type: str}
//   basis: {type: str, key: true}
//   modality: {type: str, key: true}
//   date: {type: date, help: "first statement, day in UTC; empty where the text gives none"}
//   span: {type: int, help: all whom this boss is said to instruct}
//   n_posts: {type: int}
//   first_seen: {type: datetime}
//   last_seen: {type: datetime}
//   confidence: {type: float}
//   evidence: {type: "list[str]"}
// graph: t
// caveats:
//   - en: Dealings, recruitment and shared groups show no command; they are not looked at.
//     zh: 交易、招募与同群并不表明指使关系，均不计入。
//   - en: That it was stated is what is known; a court's finding is its own.
//     zh: 所知者仅为有人如此陈述；法院认定以判决为准。
// expect:
//   - case: chain.orders
//     rows: 3
//     contains:
//       - {boss: "actor:b", subordinate: "account:telegram:i", basis: court, span: 2}
//       - {boss: "actor:b", subordinate: "account:telegram:h", basis: explicit_text, span: 2}
//       - {boss: "account:telegram:i", subordinate: "org:operator/cn/china_mobile", basis: report}
//     lacks:
//       - {subordinate: "account:telegram:w"}
//   - {case: chain.orders, params: {actor: "account:telegram:h"}, rows: 1}
//   - {case: chain.orders, params: {modality: [claimed]}, rows: 2, lacks: [{basis: court}]}
//   - {case: chain.orders, params: {actor: "actor:h"}, rows: 1}
// ---
MATCH (b:Account|Actor)-[t:INSTRUCTS]->(x:Account|Actor|Organisation)
WHERE t.basis IN ['court', 'report', 'explicit_text'] AND t.confidence >= $min_confidence
  AND t.modality IN $modality
  AND ($actor IS NULL OR b.id = $actor OR x.id = $actor
    OR EXISTS { MATCH (b)-[:RESOLVED_TO]->(y:Actor) WHERE y.id = $actor }
    OR EXISTS { MATCH (x)-[:RESOLVED_TO]->(z:Actor) WHERE z.id = $actor })
MATCH (b)-[u:INSTRUCTS]->(w:Account|Actor|Organisation)
WHERE u.basis IN ['court', 'report', 'explicit_text'] AND u.confidence >= $min_confidence
  AND u.modality IN $modality
WITH b, x, t, count(DISTINCT w.id) AS span
RETURN b.id AS boss, b.name AS boss_name, x.id AS subordinate, x.name AS subordinate_name,
       t.basis AS basis, t.modality AS modality, date(t.first_seen) AS date, span,
       t.n AS n_posts, t.first_seen AS first_seen, t.last_seen AS last_seen,
       t.confidence AS confidence, t.posts AS evidence, t
ORDER BY span DESC, boss, subordinate, basis, modality
LIMIT $limit
