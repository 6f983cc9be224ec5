# Raw Gould-Fernandez counts of R's sna, a row a node: w_I w_O b_IO b_OI b_O.
# Input on stdin: number of nodes; group numbers; then an arc a line, nodes from 1.
# With a name as argument a real network that R's packages carry is counted instead, and printed
# before its counts: "coleman", friendships of schoolboys in autumn, by each boy's number modulo 4;
# "emon 1" to "emon 7", who spoke with whom in a search and rescue, by sponsor of the organisation.
suppressMessages(library(sna))

counts_of <- function(net, groups) {
  found <- brokerage(net, groups)$raw.nli
  found[, c("w_I", "w_O", "b_IO", "b_OI", "b_O"), drop = FALSE]
}

say <- function(rows) cat(apply(rows, 1, paste, collapse = " "), sep = "\n")

carried <- function(words) {
  if (words[1] == "coleman") {
    data(coleman)
    net <- coleman[1, , ]
    return(list(net = net, groups = seq_len(nrow(net)) %% 4))
  }
  data(emon, package = "network")
  found <- emon[[as.integer(words[2])]]
  sponsors <- network::get.vertex.attribute(found, "Sponsorship")
  list(net = as.sociomatrix(found), groups = as.integer(factor(sponsors)))
}

words <- commandArgs(trailingOnly = TRUE)
if (length(words)) {
  known <- carried(words)
  net <- known$net
  groups <- known$groups
  arcs <- which(net > 0, arr.ind = TRUE)
  cat(nrow(net), nrow(arcs), "\n")
  cat(groups, "\n")
  say(arcs)
  cat("\n")
} else {
  lines <- readLines(file("stdin"))
  net <- matrix(0, as.integer(lines[1]), as.integer(lines[1]))
  groups <- scan(text = lines[2], quiet = TRUE)
  arcs <- matrix(scan(text = lines[-(1:2)], quiet = TRUE), ncol = 2, byrow = TRUE)
  net[arcs] <- 1
}
say(counts_of(net, groups))
cat("\n")
