// ---
// id: brokers.agent_trees
// version: 1.0.0
// title: {en: Trees from recruiter to agents, zh: 从招募者到下级的代理树}
// question:
//   en: Which trees of agents grow from a recruiter, and where do they advertise?
//   zh: 招募者之下形成了哪些代理树，又在哪些场所投放？
// tags: [broker, recruit]
// params:
//   root: {type: str, complete: Account.id, help: only the tree below this account or actor}
//   min_confidence: {}
//   modality: {}
//   exclude_shared: {}
// returns:
//   root: {type: str, key: true}
//   name: {type: str}
//   depth: {type: int, help: "most steps from the root, at most 6"}
//   size: {type: int, help: agents below the root}
//   agents: {type: "list[str]"}
//   venues: {type: "list[str]", help: where the agents advertise}
//   composed_of: {type: int, help: recruitments in the tree}
//   first_seen: {type: datetime}
//   last_seen: {type: datetime}
//   confidence: {type: float, help: that of the weakest recruitment}
//   warnings: {type: "list[str]", help: what makes the row less sure}
//   evidence: {type: "list[str]"}
// warns: root
// composed: true
// graph: drawn
// limit: 100
// caveats:
//   - en: Recruitment that was answered; whether anybody worked for the root is not said.
//     zh: 仅指招募得到回应，并不说明此后确有从属。
//   - en: In a ring of recruiters the one with the smallest id stands as root.
//     zh: 互相招募成环时，以标识最小者为根。
// expect:
//   - params: {}
//     contains: [{root: "account:telegram:9900001049", size: 1, depth: 1, composed_of: 1}]
//   - case: brokers.trees
//     rows: 2
//     contains:
//       - root: account:telegram:r
//         depth: 2
//         size: 3
//         agents: ["account:telegram:a", "account:telegram:b", "account:telegram:c"]
//         venues: ["venue:telegram:far", "venue:telegram:near"]
//         composed_of: 3
//         warnings: [role unknown, fewer than three ties, single source file]
//       - {root: "account:telegram:o", depth: 2, size: 2, composed_of: 2}
//   - case: brokers.trees
//     params: {root: "account:telegram:a"}
//     rows: 1
//     contains: [{depth: 1, size: 1, agents: ["account:telegram:c"]}]
//   - {case: brokers.trees, params: {modality: [analyst]}, rows: 0}
// ---
MATCH (r:Account|Actor)-[t:RECRUITS]->(:Account|Actor)
WHERE t.modality IN $modality
WITH DISTINCT r
WHERE $root IS NULL OR r.id = $root
OPTIONAL MATCH up = (r)<-[:RECRUITS*1..6]-(q:Account|Actor)
WHERE $root IS NULL AND all(t IN relationships(up) WHERE t.modality IN $modality)
WITH DISTINCT r, q
OPTIONAL MATCH down = (r)-[:RECRUITS*1..6]->(q)
WHERE all(t IN relationships(down) WHERE t.modality IN $modality)
WITH r, q, count(length(down)) AS back
WITH r, sum(CASE WHEN q.id < r.id OR (q.id IS NOT NULL AND back = 0) THEN 1 ELSE 0 END) AS above
WHERE above = 0
MATCH p = (r)-[:RECRUITS*1..6]->(a:Account|Actor)
WHERE a.id <> r.id
  AND all(t IN relationships(p) WHERE t.confidence >= $min_confidence AND t.modality IN $modality)
  AND (NOT $exclude_shared OR NOT any(n IN nodes(p) WHERE coalesce(n.shared, false)))
WITH r, a, p
ORDER BY r.id, length(p), a.id
WITH r, max(length(p)) AS depth, collect(DISTINCT a.id) AS agents, collect(p) AS drawn
UNWIND drawn AS p
UNWIND relationships(p) AS t
WITH DISTINCT r, depth, agents, drawn, t
ORDER BY t.id
WITH r, depth, agents, drawn, count(t.id) AS composed_of, min(t.first_seen) AS first_seen,
     max(t.last_seen) AS last_seen, min(t.confidence) AS confidence, collect(t.posts) AS posts
UNWIND agents AS agent
MATCH (a:Account|Actor)
WHERE a.id = agent
OPTIONAL MATCH (a)-[:ADVERTISES_ON]->(v:Venue)
WITH r, depth, agents, drawn, composed_of, first_seen, last_seen, confidence, posts, v
ORDER BY v.id
WITH r, depth, agents, drawn, composed_of, first_seen, last_seen, confidence, posts,
     collect(DISTINCT v.id) AS venues
RETURN r.id AS root, r.name AS name, depth, size(agents) AS size, agents, venues, composed_of,
       first_seen, last_seen, confidence, posts AS evidence, drawn
ORDER BY size DESC, depth DESC, root
LIMIT $limit
