// ---
// id: chain.role_sequences
// version: 1.0.0
// title: {en: Role sequences of a product, zh: 某商品经手的角色顺序}
// question:
//   en: Through which sequences of roles did a product pass, and how often?
//   zh: 某商品经过哪些角色顺序流转，各出现多少次？
// slow:
//   en: It reads every tie of goods and every role, and composes them in memory.
//   zh: 须读取全部货物往来与全部角色，并在内存中拼合。
// tags: [chain, role]
// params:
//   product: {type: str, required: true, complete: Product.id, help: the product}
//   listing_roles:
//     type: bool
//     default: false
//     help: count a role that an own listing shows within 90 days, beside those held for a period
//   since: {}
//   until: {}
//   min_confidence: {}
//   exclude_shared: {}
// returns:
//   role_sequence: {type: str, key: true}
//   n_paths: {type: int}
//   n_actors: {type: int}
//   composed_of: {type: int, help: ties in each chain of the sequence}
//   n_posts: {type: int}
//   first_seen: {type: datetime}
//   last_seen: {type: datetime}
//   confidence: {type: float, help: that of the weakest tie}
//   evidence: {type: "list[str]"}
// post: chains
// composed: true
// limit: 50
// caveats:
//   - en: A role that one listing shows is what the listing says of its writer, and no more.
//     zh: 单条信息显示的角色只是该信息对发布者的描述，仅此而已。
//   - en: Chains of at least two ties that nothing extends; roles are those held at the time.
//     zh: 只计至少两段且无法再延长的链条；角色以当时持有者为准。
// expect:
//   - {params: {product: "product:gambling_leads"}, rows: 1, contains: [{n_actors: 3, composed_of: 2}]}
//   - {case: chain.products, params: {product: "product:loan_leads"}, rows: 0}
//   - case: chain.escrow
//     params: {product: "product:stock_leads"}
//     rows: 1
//     contains: [{role_sequence: insider > supplier > middleman > end_user, n_paths: 1, n_actors: 4}]
//   - case: chain.talk
//     params: {product: "product:stock_leads"}
//     rows: 1
//     contains: [{n_paths: 1, n_actors: 3, composed_of: 2}]
//   - {case: chain.backwards, params: {product: "product:stock_leads"}, lacks: [{composed_of: 3}]}
//   - case: chain.one_actor
//     params: {product: "product:stock_leads"}
//     contains: [{role_sequence: insider > unknown > end_user, composed_of: 2}]
// ---
MATCH (x:Account|Actor)-[f:FLOWS_TO]->(y:Account|Actor)
WHERE f.product = $product
RETURN DISTINCT x.id AS source, y.id AS target
ORDER BY source, target
LIMIT $limit
