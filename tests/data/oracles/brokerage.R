# Raw Gould-Fernandez counts of R's sna, a row a node: w_I w_O b_IO b_OI b_O.
# Input on stdin: number of nodes; group numbers; then an arc a line, nodes from 1.
# With the argument "coleman" the real friendships that sna carries are counted instead
# (autumn, by each boy's number modulo 4) and printed before their counts.
suppressMessages(library(sna))

counts_of <- function(net, groups) {
  found <- brokerage(net, groups)$raw.nli
  found[, c("w_I", "w_O", "b_IO", "b_OI", "b_O"), drop = FALSE]
}

say <- function(rows) cat(apply(rows, 1, paste, collapse = " "), sep = "\n")

if ("coleman" %in% commandArgs(trailingOnly = TRUE)) {
  data(coleman)
  net <- coleman[1, , ]
  groups <- seq_len(nrow(net)) %% 4
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
