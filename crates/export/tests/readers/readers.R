# The tables in R, without any package: as many rows as the JSON lines have, the right types, and the lists.
folder <- commandArgs(trailingOnly = TRUE)[1]
for (what in c("events", "statements", "relations", "actors")) {
  rows <- read.csv(file.path(folder, paste0(what, ".csv")), encoding = "UTF-8", na.strings = "")
  lines <- readLines(file.path(folder, paste0(what, ".jsonl")), encoding = "UTF-8", warn = FALSE)
  stopifnot(nrow(rows) == length(lines), nrow(rows) > 0)
}
events <- read.csv(file.path(folder, "events.csv"), encoding = "UTF-8", na.strings = "")
stopifnot(is.integer(events$reports), is.numeric(events$goldstein), !any(is.na(events$event)))
stopifnot(!any(is.na(as.Date(events$day[!is.na(events$day)]))))
stopifnot(all(lengths(strsplit(events$actors, ";")) == lengths(strsplit(events$actors_role, ";"))))
cat("tables in R\n")
