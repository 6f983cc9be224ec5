// ---
// id: brokers.role_valid_score
// version: 1.0.0
// title: {en: Brokerage on triples that roles allow, zh: 按角色有效的三元组衡量中介}
// question:
//   en: Who joins supplier and buyer by roles valid then, and how does raw betweenness rank them?
//   zh: 按当时有效的角色，谁连接了供货方与买方？与原始中介中心性相比如何？
// slow:
//   en: It reads every tie of goods and every role, and composes them in memory.
//   zh: 须读取全部货物往来与全部角色，并在内存中拼合。
// tags: [broker, measure]
// params:
//   top: {type: int, default: 20, min: 1, max: 500, help: most rows}
//   product: {type: str, complete: Product.id, help: only triples of this product}
//   since: {}
//   until: {}
//   min_confidence: {}
//   exclude_shared: {}
// returns:
//   actor: {type: str, key: true}
//   name: {type: str}
//   role: {type: str, help: the best role held in the time of its ties}
//   valid_triples:
//     type: int
//     help: "supplier, this one, buyer: one product, dates in order, layers that rise, no direct tie"
//   suppliers: {type: int}
//   buyers: {type: int}
//   betweenness: {type: float, help: over all flows; never ranked by}
//   constraint: {type: float, help: Burt's}
//   rank_with_shared: {type: int, help: rank where shared services take part}
//   rank_without_shared: {type: int, help: rank where they do not}
//   composed_of: {type: int, help: ties in its triples}
//   first_seen: {type: datetime}
//   last_seen: {type: datetime}
//   confidence: {type: float, help: that of the weakest tie}
//   warnings: {type: "list[str]", help: what makes the row less sure}
//   evidence: {type: "list[str]"}
// warns: actor
// post: measures
// composed: true
// limit: 500
// caveats:
//   - en: A rank is a lead, not a finding. Roles are claimed or read, and may be incomplete.
//     zh: 排名仅为线索，并非结论；角色或为自称、或为解读，可能不全。
//   - en: An account that buys one thing and sells another makes no triple, however central it is.
//     zh: 买入一种、卖出另一种商品者不构成三元组，无论其位置多么居中。
// expect:
//   - params: {product: "product:stock_leads"}
//     contains: [{actor: "account:telegram:9900001017"}]
//   - case: brokers.triples
//     rows: 1
//     contains:
//       - actor: account:telegram:b
//         role: middleman
//         valid_triples: 2
//         suppliers: 1
//         buyers: 2
//         rank_with_shared: 2
//         rank_without_shared: 1
//         composed_of: 3
//         warnings: [single source file]
//   - case: brokers.triples
//     params: {exclude_shared: false}
//     rows: 2
//     contains: [{actor: "account:telegram:bot", rank_with_shared: 1, rank_without_shared: null}]
// ---
MATCH (b:Account|Actor)-[:FLOWS_TO]->(:Account|Actor)
WITH DISTINCT b
WHERE EXISTS { (b)<-[:FLOWS_TO]-(:Account|Actor) }
RETURN b.id AS actor
ORDER BY actor
LIMIT $limit
