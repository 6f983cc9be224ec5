// ---
// id: er.clones
// version: 1.0.0
// title: {en: Look-alikes of a seller or escrow, zh: 仿冒账号}
// question: {en: Which accounts look like a known one?, zh: 哪些账号疑似仿冒某知名账号？}
// tags: [identity, handle]
// params:
//   handle: {type: str, required: true, complete: Handle.id, help: the handle that is copied or copies}
// returns:
//   original: {type: str, key: true, help: the one that was seen first}
//   clone: {type: str, key: true}
//   handles: {type: "list[str]", help: that the look-alike wore}
//   distance: {type: float}
//   reason: {type: str}
//   first_seen_order: {type: "list[date]", help: "first days by UTC: original, look-alike"}
//   n_posts: {type: int}
//   first_seen: {type: datetime}
//   last_seen: {type: datetime}
//   confidence: {type: float}
//   evidence: {type: "list[str]"}
// needs: [MAYBE_IMPERSONATES]
// caveats:
//   - en: First seen is first collected; the original may have been there before the venue was watched.
//     zh: 首次所见仅指首次采集；在监测之前，原账号可能早已存在。
//   - en: To look alike is no fraud; people choose common words.
//     zh: 名称相近不等于欺诈，常用词人人可用。
// expect:
//   - {params: {handle: "handle:telegram:nobody"}, rows: 0}
//   - case: er.takeover
//     params: {handle: "handle:telegram:king"}
//     rows: 1
//     contains:
//       - {original: "account:telegram:old", clone: "account:telegram:fake", distance: 0.1, reason: look-alike, handles: ["king", "k1ng"]}
//   - case: er.imitated
//     params: {handle: "handle:telegram:demo_goldking"}
//     rows: 4
//     contains:
//       - {original: "account:telegram:1", clone: "account:telegram:3", distance: 0.0, reason: the same name at one time, first_seen_order: [2021-03-06, 2021-03-10]}
//       - {original: "account:telegram:1", clone: "account:telegram:2", reason: names look alike, handles: [demo_g0ldking]}
//       - {original: "account:telegram:4", clone: "account:telegram:2"}
//       - {original: "account:telegram:2", clone: "account:telegram:3"}
//   - {case: er.crew, params: {handle: "handle:telegram:name 1"}, rows: 0}
//   - {case: er.nobody, params: {handle: "handle:telegram:king"}, rows: 0}
// ---
MATCH (a:Account)-[:WEARS]->(h:Handle)
WHERE h.id = $handle
WITH DISTINCT a
MATCH (a)-[m:MAYBE_IMPERSONATES]-(b:Account)
WITH DISTINCT m, a.id AS known, b.id AS other
WITH m, min(CASE WHEN known < other THEN known ELSE other END) AS low,
     max(CASE WHEN known < other THEN other ELSE known END) AS high
MATCH (x:Account {id: low})
MATCH (y:Account {id: high})
WITH m, x, y, coalesce(y.first_seen < x.first_seen, x.first_seen IS NULL AND y.first_seen IS NOT NULL)
     AS swapped
WITH m, CASE WHEN swapped THEN y ELSE x END AS original, CASE WHEN swapped THEN x ELSE y END AS clone
OPTIONAL MATCH (clone)-[w:WEARS]->(g:Handle)
WITH m, original, clone, g.text AS handle, min(w.valid_from) AS since
ORDER BY since, handle
WITH m, original, clone, collect(handle) AS handles
WITH original, clone, handles, min(m.distance) AS distance, min(m.reason) AS reason,
     sum(m.n) AS n_posts, min(m.first_seen) AS first_seen, max(m.last_seen) AS last_seen,
     max(m.confidence) AS confidence, collect(m.posts) AS posts
RETURN original.id AS original, clone.id AS clone, handles, distance, reason,
       [t IN [original.first_seen, clone.first_seen] WHERE t IS NOT NULL | date(t)] AS first_seen_order,
       n_posts, first_seen, last_seen, confidence, posts AS evidence
ORDER BY distance, original, clone
LIMIT $limit
