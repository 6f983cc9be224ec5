// ---
// id: actors.vouch_rings
// version: 1.0.0
// title: {en: Rings of mutual vouching, zh: 互相背书圈}
// question: {en: Who vouches for one another in a closed group?, zh: 哪些账号彼此互相背书？}
// tags: [actor, vouch]
// params:
//   k: {type: int, default: 3, min: 2, max: 1000, help: least members}
//   min_confidence: {}
//   exclude_shared: {}
// returns:
//   members: {type: "list[str]", key: true}
//   density: {type: float, help: "of all vouches that members give and get, the share that stays among them"}
//   account_ages: {type: "list[int]", help: "days that each was known at the first vouch, in the order of members; -1 unknown"}
//   n_posts: {type: int}
//   first_seen: {type: datetime}
//   last_seen: {type: datetime}
//   confidence: {type: float, help: lowest of the vouches}
//   evidence: {type: "list[str]"}
// post: cliques
// limit: 100
// caveats:
//   - en: Everybody vouches for everybody; praise that is not returned makes no ring.
//     zh: 圈内两两互相背书；单方面的好评不构成圈子。
//   - en: Honest partners vouch for one another too; new accounts and a high density are what to look at.
//     zh: 正常合作者也会互相背书；应关注新账号与高密度。
// expect:
//   - {params: {k: 50}, rows: 0}
//   - case: actors.rings
//     rows: 1
//     contains: [{members: ["account:telegram:a", "account:telegram:b", "account:telegram:c"], density: 0.857143, account_ages: [1, 1, -1]}]
//   - case: actors.rings
//     params: {k: 2}
//     rows: 2
//     contains: [{members: ["account:telegram:p", "account:telegram:q"]}]
//   - {case: actors.rings, params: {k: 4, exclude_shared: false}, rows: 1}
// ---
MATCH (x:Account)-[t:VOUCHES_FOR]->(y:Account)
WHERE x.id <> y.id AND t.confidence >= $min_confidence AND t.first_seen IS NOT NULL
  AND NOT coalesce(x.own, false) AND NOT coalesce(y.own, false)
  AND (NOT $exclude_shared OR NOT (coalesce(x.shared, false) OR coalesce(y.shared, false)))
RETURN x.id AS giver, y.id AS taker, x.first_seen AS giver_since, y.first_seen AS taker_since,
       t.n AS n, t.first_seen AS first, t.last_seen AS last, t.confidence AS sure,
       t.posts AS evidence
ORDER BY giver, taker
LIMIT $limit
