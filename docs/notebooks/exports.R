# The exports of a register in R, with nothing but base R.
#
#   sijill export events --register sijill.db --format csv -o events.csv
#   Rscript exports.R events.csv
#
# Lists are texts with semicolons between their items; what is not known is an empty field.

arguments <- commandArgs(trailingOnly = TRUE)
file <- if (length(arguments) > 0) arguments[[1]] else "events.csv"
events <- read.csv(file, encoding = "UTF-8", na.strings = "", stringsAsFactors = FALSE, colClasses = c(cameo = "character"))
stopifnot(nrow(events) > 0, !anyDuplicated(events$event))

# How many of each kind.
print(sort(table(events$kind), decreasing = TRUE))

# One row a pair of states that take part together: the countries of both sides of each event.
split_list <- function(x) if (is.na(x)) character(0) else strsplit(x, ";", fixed = TRUE)[[1]]
pairs <- do.call(rbind, lapply(seq_len(nrow(events)), function(i) {
  states <- sort(unique(c(split_list(events$actors_country[i]), split_list(events$recipients_country[i]))))
  states <- states[states != ""]
  if (length(states) < 2) return(NULL)
  both <- t(combn(states, 2))
  data.frame(one = both[, 1], other = both[, 2], month = substr(events$day[i], 1, 7), goldstein = events$goldstein[i])
}))

# The monthly mean of the Goldstein values of each pair.
if (!is.null(pairs) && any(!is.na(pairs$goldstein))) {
  print(aggregate(goldstein ~ one + other + month, data = pairs, FUN = mean))
}
