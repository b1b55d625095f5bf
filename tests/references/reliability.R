# Writes reliability-r.json: item and scale analysis by R's psych.
#
#     Rscript tests/references/reliability.R        (from the repository)
#
# Packages: psych 2.2.9, jsonlite 1.8.4; R 4.2.2. `attitude` is part of R itself (datasets).
suppressMessages({library(psych); library(jsonlite)})

here <- "tests/references"
known <- function(x) if (is.null(x) || length(x) == 0 || is.na(x)) NULL else unname(x)

analysis <- function(data, reversed, lo, hi, use) {
  for (item in reversed) data[[item]] <- lo + hi - data[[item]]
  complete <- data[complete.cases(data), , drop = FALSE]
  used <- if (use == "pairwise") data else complete
  a <- suppressWarnings(alpha(used, use = "pairwise", warnings = FALSE))
  f <- suppressWarnings(fa(used, nfactors = 1, fm = "minres", use = "pairwise"))
  R <- cor(used, use = "pairwise")
  l <- f$loadings[, 1]; if (sum(l) < 0) l <- -l
  u <- f$uniquenesses
  described <- describe(data)
  list(
    n = nrow(data), n_complete = nrow(complete), n_rows = nrow(used),
    alpha = a$total$raw_alpha, alpha_standardised = a$total$std.alpha, average_r = a$total$average_r,
    mean = a$total$mean, sd = a$total$sd,
    feldt = c(a$feldt$lower.ci[[1]], a$feldt$upper.ci[[1]]),
    omega_total = sum(l)^2 / (sum(l)^2 + sum(u)), omega_observed = 1 - sum(u) / sum(R),
    # f$rms weighs residuals by pairwise n; ours does not
    rmsr = sqrt(mean((R - l %o% l)[lower.tri(R)]^2)),
    items = lapply(seq_along(data), function(i) list(
      id = names(data)[i], n = described$n[i], mean = described$mean[i], sd = described$sd[i],
      skew = described$skew[i], item_rest_r = a$item.stats$r.drop[i],
      alpha_if_dropped = a$alpha.drop$raw_alpha[i], loading = unname(l[i]))))
}

both <- function(data, reversed, lo, hi)
  list(pairwise = analysis(data, reversed, lo, hi, "pairwise"),
       listwise = analysis(data, reversed, lo, hi, "listwise"))

write.csv(attitude, file.path(here, "data", "attitude.csv"), row.names = FALSE, quote = FALSE)
bfi <- read.csv("tests/data/bfi-excerpt.csv")
simulated <- read.csv(file.path(here, "data", "simulated.csv"))
result <- list(
  versions = list(R = R.version.string, psych = as.character(packageVersion("psych"))),
  attitude = list(attitude = both(attitude, character(0), 0, 100)),
  bfi = list(
    agreeableness = both(bfi[paste0("A", 1:5)], "A1", 1, 6),
    conscientiousness = both(bfi[paste0("C", 1:5)], c("C4", "C5"), 1, 6),
    extraversion = both(bfi[paste0("E", 1:5)], c("E1", "E2"), 1, 6),
    neuroticism = both(bfi[paste0("N", 1:5)], character(0), 1, 6),
    openness = both(bfi[paste0("O", 1:5)], c("O2", "O5"), 1, 6)),
  simulated = list(
    w = both(simulated[paste0("w", 1:6)], c("w3", "w6"), 1, 5),
    o = both(simulated[paste0("o", 1:6)], c("o2", "o4"), 1, 5),
    both = both(simulated[c(paste0("w", 1:6), paste0("o", 1:6))], c("w3", "w6", "o2", "o4"), 1, 5)))
writeLines(toJSON(result, auto_unbox = TRUE, digits = NA, pretty = TRUE), file.path(here, "reliability-r.json"))
