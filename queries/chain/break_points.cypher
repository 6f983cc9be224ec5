// ---
// id: chain.break_points
// version: 1.0.0
// title: {en: Whose absence would fragment supply, zh: 缺失后最使供应断裂的节点}
// question:
//   en: Whose removal most fragments the way from supply to use?
//   zh: 移除谁最能使从供应到使用的链条断裂？
// slow:
//   en: It reads every tie of goods and every role, and composes them in memory.
//   zh: 须读取全部货物往来与全部角色，并在内存中拼合。
// tags: [chain, fragmentation]
// params:
//   top: {type: int, default: 20, min: 1, max: 100, help: most rows}
//   role: {type: str, complete: Role.code, help: only holders of this role}
//   product: {type: str, complete: Product.id, help: only ties of this product}
//   since: {}
//   until: {}
//   min_confidence: {}
//   exclude_shared: {}
// returns:
//   actor: {type: str, key: true}
//   name: {type: str}
//   role: {type: str, help: the best role held in the time of its ties}
//   pairs_lost:
//     type: int
//     help: "pairs of supplier and user of the same goods that lose every way, only this one gone"
//   lost_in_turn: {type: int, help: those lost after all rows above are gone too}
//   component_lost: {type: int, help: others cut off from the largest piece of its part}
//   articulation: {type: bool, help: its part falls into pieces}
//   alternative_suppliers: {type: int, help: others who give the same goods to its takers}
//   interval_low: {type: int, help: "pairs_lost, second lowest of 20 re-samples without a fifth of the ties"}
//   interval_high: {type: int, help: second highest of these}
//   composed_of: {type: int, help: its own ties}
//   first_seen: {type: datetime}
//   last_seen: {type: datetime}
//   confidence: {type: float, help: that of the weakest tie}
//   evidence: {type: "list[str]"}
// post: measures
// composed: true
// limit: 100
// caveats:
//   - en: >-
//       Not a list of targets: networks recover and may come out stronger, and forums of stolen
//       data have built-in redundancy.
//     zh: 本表并非打击名单：网络会恢复，甚至可能更强；被盗数据论坛本身就有冗余。
//   - en: What was not collected counts as absent; alternatives are only those that were seen.
//     zh: 未采集到的一律视为不存在；替代者仅指已观察到的。
//   - en: Ties without a product or without a date cannot be composed and are left out.
//     zh: 没有商品或日期的关系无法拼合，不计入。
// expect:
//   - params: {product: "product:stock_leads"}
//     contains: [{actor: "account:telegram:9900001006", articulation: true}]
//   - case: chain.fragments
//     rows: 2
//     contains:
//       - actor: account:telegram:hub
//         role: middleman
//         pairs_lost: 4
//         lost_in_turn: 4
//         component_lost: 3
//         articulation: true
//         alternative_suppliers: 0
//         composed_of: 4
//       - {actor: "account:telegram:a", pairs_lost: 1, lost_in_turn: 1, alternative_suppliers: 1}
//   - case: chain.fragments
//     params: {role: supplier}
//     rows: 0
//   - case: chain.escrow
//     params: {top: 1}
//     rows: 1
//     contains: [{actor: "account:telegram:b", pairs_lost: 2}]
//   - case: chain.escrow
//     params: {exclude_shared: false}
//     rows: 2
//     contains: [{actor: "account:telegram:bot", pairs_lost: 3}, {actor: "account:telegram:b", pairs_lost: 1}]
//   - {case: chain.products, rows: 2, lacks: [{pairs_lost: 2}]}
//   - {case: chain.backwards, rows: 0}
//   - {case: chain.fragments, params: {since: 2021-03-03}, rows: 0}
//   - {case: chain.vocabulary, rows: 0}
// ---
MATCH (a:Account|Actor)-[:FLOWS_TO]->(:Account|Actor)
WITH DISTINCT a
WHERE EXISTS { (a)<-[:FLOWS_TO]-(:Account|Actor) }
  AND ($role IS NULL OR EXISTS {
    MATCH (a)-[h:HAS_ROLE]->(r:Role)
    WHERE r.code = $role AND h.basis <> 'accused'
  })
RETURN a.id AS actor
ORDER BY actor
LIMIT $limit
