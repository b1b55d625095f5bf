# Writes response_quality_r.json: figures of base R (4.2.2) that careless-py does not have, for
# tests/data/bfi-excerpt.csv and response_quality.csv (made by response_quality.py).
#
#     Rscript tests/references/response_quality.R        (from the repository)
#
# even_odd: as R's careless::evenodd since 1.2.0 describes it: means of odd and even items of each scale, their
# correlation over scales, 2r/(1+r), at least -1. mahalanobis: stats::mahalanobis on the items that a person
# answered, means over all answers, cov(use = "pairwise"). synonyms: cor(use = "pairwise") from .60 up.

figures <- function(path, scales, reversed, turned) {
  raw <- read.csv(path)
  keyed <- as.matrix(raw[, setdiff(names(raw), "id")])
  keyed[, reversed] <- turned - keyed[, reversed]
  k <- ncol(keyed)
  mean_of <- function(x) if (all(is.na(x))) NA else mean(x, na.rm = TRUE)
  even_odd <- apply(keyed, 1, function(x) {
    odd <- sapply(scales, function(s) mean_of(x[s][seq_along(s) %% 2 == 1]))
    even <- sapply(scales, function(s) mean_of(x[s][seq_along(s) %% 2 == 0]))
    known <- !is.na(odd) & !is.na(even)
    if (sum(known) < 5) return(NA)
    r <- suppressWarnings(cor(odd[known], even[known]))
    if (is.na(r)) NA else if (r <= -1 + 1e-12) -1 else max(-1, 2 * r / (1 + r))
  })
  S <- cov(keyed, use = "pairwise")
  m <- colMeans(keyed, na.rm = TRUE)
  distance <- apply(keyed, 1, function(x) {
    o <- !is.na(x)
    mahalanobis(x[o], m[o], S[o, o, drop = FALSE])
  })
  answered <- rowSums(!is.na(keyed))
  r <- cor(keyed, use = "pairwise")
  r[upper.tri(r, diag = TRUE)] <- 0
  pairs <- which(abs(r) >= 0.60, arr.ind = TRUE)
  synonyms <- apply(keyed, 1, function(x) {
    if (nrow(pairs) < 3) return(NA)
    first <- x[pairs[, 1]]
    second <- ifelse(r[pairs] < 0, turned - x[pairs[, 2]], x[pairs[, 2]])
    known <- !is.na(first) & !is.na(second)
    if (sum(known) < 3) NA else suppressWarnings(cor(first[known], second[known]))
  })
  list(even_odd = even_odd, mahalanobis = distance,
       probability = pchisq(distance, answered, lower.tail = FALSE),
       pairs = nrow(pairs), synonyms = synonyms)
}

json <- function(x) {
  if (is.list(x)) {
    return(paste0("{", paste0('"', names(x), '": ', sapply(x, json), collapse = ",\n "), "}"))
  }
  if (is.character(x)) return(paste0('"', x, '"'))
  one <- ifelse(is.na(x), "null", sprintf("%.17g", x))
  if (length(x) == 1) one else paste0("[", paste(one, collapse = ", "), "]")
}

bfi <- figures("tests/data/bfi-excerpt.csv", split(1:25, rep(1:5, each = 5)),
               c("A1", "C4", "C5", "E1", "E2", "O2", "O5"), 7)
simulated <- figures("tests/references/response_quality.csv", split(1:24, rep(1:6, each = 4)),
                     paste0("s", rep(1:6, each = 2), "i", c(2, 4)), 6)
found <- list(made_by = R.version.string, bfi = bfi, simulated = simulated)
writeLines(json(found), "tests/references/response_quality_r.json")
