# Writes agreement_r.json: figures of R packages psych (2.2.9), multilevel (2.7) and base R (4.2.2), for
# Shrout & Fleiss (1979), R's own data `attitude` and `chickwts`, tests/data/bfi-excerpt.csv (A items, A1 reversed)
# and agreement.csv (made by agreement.py).
#
#     Rscript tests/references/agreement.R        (from the repository)
suppressMessages({library(psych); library(multilevel)})

json <- function(x) {
  if (is.list(x)) {
    return(paste0("{", paste0('"', names(x), '": ', sapply(x, json), collapse = ",\n "), "}"))
  }
  if (is.character(x)) return(paste0('"', x, '"'))
  if (is.matrix(x)) return(paste0("[", paste(apply(x, 1, json), collapse = ", "), "]"))
  one <- ifelse(is.na(x), "null", sprintf("%.17g", x))
  if (length(x) == 1) one else paste0("[", paste(one, collapse = ", "), "]")
}

# In the order ICC(1,1) (2,1) (3,1) (1,k) (2,k) (3,k)
icc <- function(x, alpha) {
  found <- ICC(x, missing = TRUE, alpha = alpha, lmer = FALSE)$results
  list(value = found$ICC, f = found$F, df1 = found$df1, df2 = found$df2, p = found$p,
       low = found$`lower bound`, high = found$`upper bound`)
}

grouped <- function(y, g) {
  keep <- !is.na(y)
  y <- y[keep]; g <- factor(g[keep])
  model <- aov(y ~ g)
  s <- summary(model)[[1]]
  n <- table(g)
  n0 <- (sum(n) - sum(n^2) / sum(n)) / (length(n) - 1)
  msb <- s[1, 3]; msw <- s[2, 3]
  list(icc1_mean_size = ICC1(model), icc2 = ICC2(model), f = s[1, 4], p = s[1, 5],
       n0 = n0, icc1 = (msb - msw) / (msb + (n0 - 1) * msw))
}

sf <- matrix(c(9,2,5,8, 6,1,3,2, 8,4,6,8, 7,1,2,6, 10,5,6,9, 6,2,4,7), ncol = 4, byrow = TRUE)
bfi <- read.csv("tests/data/bfi-excerpt.csv")[, paste0("A", 1:5)]
bfi$A1 <- 7 - bfi$A1
simulated <- read.csv("tests/references/agreement.csv")
items <- simulated[, -1]
pairs <- bfi[complete.cases(bfi[, 3:4]), 3:4]
test <- t.test(pairs[, 2], pairs[, 1], paired = TRUE, conf.level = .90)
n <- nrow(pairs)
limit <- function(p) uniroot(function(nc) pt(test$statistic, n - 1, nc) - p, c(-10, 10), tol = 1e-12)$root
scores <- rowMeans(items)

found <- list(
  made_by = R.version.string,
  psych = as.character(packageVersion("psych")),
  multilevel = as.character(packageVersion("multilevel")),
  attitude = as.matrix(attitude),
  chickwts = list(weight = chickwts$weight, feed = as.integer(chickwts$feed)),
  icc = list(shrout_fleiss_90 = icc(sf, .10), shrout_fleiss_95 = icc(sf, .05),
             attitude_90 = icc(as.matrix(attitude), .10),
             bfi_90 = icc(as.matrix(bfi[complete.cases(bfi), ]), .10)),
  grouped = list(chickwts = grouped(chickwts$weight, chickwts$feed),
                 simulated = grouped(scores, simulated$group), simulated_i1 = grouped(items$i1, simulated$group)),
  # rows with gaps are left out there
  within = list(group = unique(simulated$group[complete.cases(items)]),
                uniform = rwg.j(items, simulated$group, 2)$rwg.j,
                skewed = rwg.j(items, simulated$group, 1.34)$rwg.j,
                deviation = ad.m(items, simulated$group)$AD.M,
                i1_uniform = rwg(items$i1, simulated$group, 2)$rwg,
                i1_deviation = ad.m(items$i1, simulated$group)$AD.M),
  change = list(t = unname(test$statistic), p = test$p.value, difference = unname(test$estimate),
                low = test$conf.int[1], high = test$conf.int[2],
                d_z_low = limit(.95) / sqrt(n), d_z_high = limit(.05) / sqrt(n))
)
writeLines(json(found), "tests/references/agreement_r.json")
