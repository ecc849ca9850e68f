# Figures for tests/estimate_survey.rs from R's `survey` (Lumley 2004), an
# independent program: rates, standard errors, degrees of freedom, intervals.
#
#   Rscript tests/r/estimate.R > tests/r/estimate.json
#
# The grouping is written here a second time, from engine.md, section 7; the
# variance is survey's own: strata = groups, fpc = group sizes, domains by subset.
suppressPackageStartupMessages(library(survey))
RNGversion("4.2.0")
set.seed(20260301)
confidence <- 0.95

# A year's register: cell, month of entry, outcome; then month by month n of R
# of each cell, as the engine draws.
make_year <- function(size, months, share, rate) {
  units <- data.frame(
    stratum = sample(0:2, size, replace = TRUE, prob = c(0.1, 0.2, 0.7)),
    level = sample(0:5, size, replace = TRUE, prob = c(4, 3, 2, 1, 0.6, 0.4)),
    entry = sample(1:7, size, replace = TRUE, prob = c(10, 1, 1, 1, 1, 1, 1)),
    area = sample(1:4, size, replace = TRUE, prob = c(5, 3, 1, 0.2)))
  units$found <- rbinom(size, 1, pmin(1, rate * (0.5 + 0.3 * units$level)))
  units$visited <- FALSE
  missed <- rep(1, size)
  for (month in months) {
    for (cell in unique(6 * units$stratum + units$level)) {
      own <- 6 * units$stratum + units$level == cell & units$entry <= month
      pool <- which(own & !units$visited)
      n <- round(share * length(pool) * (1 + 0.2 * units$level[which(own)[1]]))
      n <- min(length(pool), n)
      if (length(pool) == 0) next
      missed[own] <- missed[own] * (1 - n / length(pool))
      drawn <- pool[sample.int(length(pool), n)]
      units$visited[drawn] <- TRUE
    }
  }
  units$chance <- 1 - missed
  units
}

# Units of one group with several chances: some left their pool early.
uneven <- function(units) {
  changed <- which(units$chance > 0 & units$chance < 1)
  changed <- changed[sample.int(length(changed), length(changed) %/% 3)]
  units$chance[changed] <- units$chance[changed] * runif(length(changed), 0.3, 1)
  units
}

# Joins neighbours, in order, until each has two visits or all its units
# visited; what is left at the end joins the last.
merge_short <- function(labels, order, visited) {
  keys <- unique(labels[order])
  result <- labels
  open <- c(); last <- NULL
  for (key in keys) {
    open <- c(open, key)
    inside <- labels %in% open
    if (sum(visited[inside]) >= 2 || all(visited[inside])) {
      last <- open[1]; result[inside] <- last; open <- c()
    }
  }
  if (length(open) > 0) result[labels %in% open] <- if (is.null(last)) open[1] else last
  result
}

group <- function(units) {
  label <- paste(units$stratum, units$level, units$entry)
  for (cell in unique(paste(units$stratum, units$level))) {
    own <- which(paste(units$stratum, units$level) == cell)
    label[own] <- merge_short(label[own], order(units$entry[own]), units$visited[own])
  }
  for (stratum in unique(units$stratum)) {
    own <- which(units$stratum == stratum)
    label[own] <- merge_short(label[own], order(units$level[own], units$entry[own]), units$visited[own])
  }
  label
}

figures <- function(units, domain, name) {
  label <- group(units)
  enough <- sapply(label, function(l) sum(units$visited[label == l]) >= 2 || all(units$visited[label == l]))
  sample <- units$visited & enough
  data <- units[sample, ]
  data$group <- label[sample]
  data$size <- as.vector(table(label)[data$group])
  scale <- data$size / as.vector(tapply(1 / data$chance, data$group, sum)[data$group])
  data$weight <- scale / data$chance
  data$inside <- domain[sample]
  data$one <- 1
  design <- svydesign(ids = ~1, strata = ~group, weights = ~weight, fpc = ~size, data = data)
  ratio <- svyratio(~found, ~one, subset(design, inside))
  rate <- as.numeric(coef(ratio)); variance <- as.numeric(vcov(ratio))
  # Satterthwaite's degrees of freedom need each group's part of the variance.
  total <- sum(data$weight[data$inside])
  data$z <- ifelse(data$inside, (data$found - rate) / total, 0)
  by_group <- split(data, data$group)
  part <- sapply(by_group, function(g) if (nrow(g) < 2) 0 else
    as.numeric(vcov(svytotal(~z, svydesign(ids = ~1, weights = ~weight, fpc = ~size, data = g)))))
  n_g <- sapply(by_group, nrow)
  stopifnot(abs(sum(part) - variance) < 1e-12)
  df <- if (variance > 0) sum(part)^2 / sum((part^2 / (n_g - 1))[n_g > 1]) else NULL
  # Effective n: of a simple random sample of this variance, at most that of the weights.
  open <- sapply(by_group, function(g) (1 - nrow(g) / g$size[1]) * sum(g$weight[g$inside]^2))
  n_weights <- if (sum(open) > 0) total^2 / sum(open) else NULL
  n_eff <- if (is.null(n_weights)) NULL else if (variance > 0) min(rate * (1 - rate) / variance, n_weights) else n_weights
  has <- sapply(by_group, function(g) any(g$inside) && nrow(g) < g$size[1])
  df_wilson <- if (any(has)) sum((n_g - 1)[has]) else NULL
  t_interval <- if (is.null(df)) NULL else pmin(1, pmax(0, rate + c(-1, 1) * qt((1 + confidence) / 2, df) * sqrt(variance)))
  wilson <- NULL
  if (!is.null(n_eff)) {
    q2 <- qt((1 + confidence) / 2, df_wilson)^2
    half <- sqrt(q2) * sqrt(rate * (1 - rate) / n_eff + q2 / (4 * n_eff^2))
    wilson <- pmin(1, pmax(0, (rate + q2 / (2 * n_eff) + c(-1, 1) * half) / (1 + q2 / n_eff)))
  }
  list(domain = name, visits = sum(data$inside), found = sum(data$found[data$inside]),
       units_uncovered = sum(!enough), rate = rate, standard_error = sqrt(variance), df = df,
       n_effective = n_eff, t = t_interval, wilson = wilson)
}

# JSON by hand, so that R needs no package but survey.
json <- function(x) {
  if (is.null(x)) "null"
  else if (is.list(x)) paste0("{", paste0("\"", names(x), "\":", sapply(x, json), collapse = ","), "}")
  else if (is.character(x)) paste0("\"", x, "\"")
  else if (is.logical(x)) paste0(if (length(x) != 1) "[", paste(tolower(as.character(x)), collapse = ","), if (length(x) != 1) "]")
  else paste0(if (length(x) != 1) "[", paste(format(x, digits = 15, trim = TRUE, scientific = NA), collapse = ","), if (length(x) != 1) "]")
}
number <- function(x) sapply(x, function(v) sprintf("%.17g", v))
json_array <- function(items) paste0("[", paste(items, collapse = ","), "]")

case <- function(name, units) {
  row <- function(i) with(units[i, ], json_array(c(stratum, level, entry, number(chance),
    if (visited) tolower(as.character(found == 1)) else "null", area)))
  domains <- list(all = rep(TRUE, nrow(units)))
  for (area in 1:4) domains[[paste0("area", area)]] <- units$area == area
  for (stratum in 0:2) domains[[paste0("stratum", stratum)]] <- units$stratum == stratum
  has_visit <- sapply(domains, function(d) any(d & units$visited))
  text <- mapply(function(d, n) json(figures(units, d, n)), domains[has_visit], names(domains)[has_visit])
  paste0("{\"name\":\"", name, "\",\"units\":", json_array(sapply(seq_len(nrow(units)), row)),
         ",\n\"figures\":", json_array(paste0("\n", text)), "}")
}

quantiles <- expand.grid(df = c(1, 1.5, 2, 2.7, 3.3, 5, 10, 27.4, 100, 1000, 12345.6, 1e5, 1e6), p = c(0.9, 0.975, 0.995))
tails <- expand.grid(df = c(1, 2, 5, 20, 99, 500, 2399), ratio = c(0.5, 1, 1.2, 1.6))
rows <- function(...) json_array(apply(cbind(...), 1, function(r) json_array(number(r))))
cat("{\"r\":\"", R.version.string, ", survey ", as.character(packageVersion("survey")), "\",\n", sep = "")
cat("\"t\":", with(quantiles, rows(df, p, qt(p, df))), ",\n", sep = "")
cat("\"chi_square\":", with(tails, rows(df, df * ratio, pchisq(df * ratio, df, lower.tail = FALSE))), ",\n", sep = "")
cat("\"normal\":", rows(0:8, pnorm(0:8, lower.tail = FALSE)), ",\n", sep = "")
cat("\"cases\":", json_array(c(
  case("year", make_year(700, 1:12, 0.04, 0.3)),
  case("first months", make_year(400, 1:2, 0.05, 0.3)),
  case("rare", make_year(500, 1:12, 0.03, 0.02)),
  case("uneven chances", uneven(make_year(500, 1:12, 0.04, 0.4))),
  case("nearly all visited", make_year(200, 1:12, 0.25, 0.3)),
  case("few", make_year(60, 1:4, 0.06, 0.4)))), "}\n", sep = "\n")
