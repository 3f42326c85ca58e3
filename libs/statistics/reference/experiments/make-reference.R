# Reference figures for experiments, and the data they were made of.
#
#   apt install r-base-core r-cran-jsonlite
#   Rscript libs/statistics/reference/experiments/make-reference.R
suppressMessages(library(jsonlite))
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(FALSE), value = TRUE)))
out <- list(versions = list(R = R.version.string))

set.seed(20240613)
n <- 90
made <- data.frame(arm = rep(0:1, c(40, 50)), before = round(rexp(n, 1 / 40), 2), seats = rpois(n, 4) + 1)
made$orders <- rpois(n, made$seats) + 1
made$revenue <- round(made$orders * (20 + 3 * made$arm) + .3 * made$before + rnorm(n, 0, 8), 2)
made$count <- rpois(n, 1.5)
out$made <- as.list(made)

tested <- function(data) {
  t <- t.test(revenue ~ factor(arm, 1:0), data)
  s <- sqrt(sum(tapply(data$revenue, data$arm, function(y) var(y) / length(y))))
  list(difference = unname(t$estimate[1] - t$estimate[2]), standardError = s, lower = t$conf.int[1], upper = t$conf.int[2], p = t$p.value, degreesOfFreedom = unname(t$parameter))
}
repeated <- made[rep(seq_len(n), made$count), ]
out$mean <- list(plain = tested(made), counted = tested(repeated))

# Ratios by linearisation, row by row: (y - R x) / mean(x) has the ratio's influence.
ratio <- function(data) {
  arms <- lapply(0:1, function(arm) {
    own <- data[data$arm == arm, ]
    r <- sum(own$revenue) / sum(own$orders)
    z <- (own$revenue - r * own$orders) / mean(own$orders)
    c(r, sqrt(var(z) / nrow(own)))
  })
  list(control = arms[[1]], treatment = arms[[2]])
}
out$ratio <- list(plain = ratio(made), counted = ratio(repeated))

score <- function(x, n) suppressWarnings(prop.test(x, n, correct = FALSE))$p.value
out$score <- c(score(c(13, 10), c(90, 100)), score(c(3, 0), c(50, 60)))

wilson <- function(x, n) suppressWarnings(prop.test(x, n, correct = FALSE))$conf.int[1:2]
out$wilson <- list(wilson(13, 90), wilson(0, 50), wilson(50, 50), wilson(1, 1), wilson(480, 1200))

check <- function(x, shares) { t <- chisq.test(x, p = shares / sum(shares)); c(t$statistic, t$p.value) }
out$sampleRatio <- list(even = check(c(5000, 5200), c(1, 1)), three = check(c(512, 240, 270), c(2, 1, 1)), far = check(c(900, 100), c(1, 1)))

out$p <- c(.001, .008, .039, .041, .042, .06, .074, .205, .212, .216, .222, .251, .269, .275, .34, .341, .384, .569, .594, .696, .762, .94, .942, .975, .986, .001, 1, 0)
out$adjusted <- list("benjamini-hochberg" = p.adjust(out$p, "BH"), "benjamini-yekutieli" = p.adjust(out$p, "BY"))

write(toJSON(out, digits = NA, auto_unbox = TRUE), file.path(here, "reference-r.json"))
