# Reference figures for the regressions, and the data they were made of.
#
#   apt install r-base-core r-cran-jsonlite r-cran-sandwich
#   Rscript libs/statistics/reference/regression/make-reference.R
suppressMessages(library(jsonlite))
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(FALSE), value = TRUE)))
out <- list(versions = list(R = R.version.string))
tight <- glm.control(epsilon = 1e-14, maxit = 100)

set.seed(20240611)
n <- 160
made <- data.frame(size = round(exp(rnorm(n, 4, 1))), visits = rpois(n, 3), paid = rbinom(n, 1, .4), weight = sample(0:3, n, TRUE), offset = round(rnorm(n, 0, .4), 3))
made$y <- rbinom(n, 1, plogis(-2 + .004 * made$size + .25 * made$visits - .6 * made$paid + made$offset))
out$made <- as.list(made)
logistic <- function(fit) list(estimate = as.numeric(coef(fit)), covariance = unname(vcov(fit)), logLikelihood = as.numeric(logLik(fit)))
plain <- glm(y ~ size + visits + paid, binomial, made, control = tight)
out$logistic <- list(plain = logistic(plain),
  offset = logistic(glm(y ~ size + visits + paid + offset(offset), binomial, made, control = tight)),
  weights = logistic(suppressWarnings(glm(y ~ size + visits + paid + offset(offset), binomial, made, weights = weight, control = tight))),
  alone = logistic(glm(y ~ 1, binomial, made, control = tight)), nullLogLikelihood = plain$null.deviance / -2)
at <- predict(plain, data.frame(size = c(10, 55, 400), visits = c(0, 3, 9), paid = c(1, 0, 1)), se.fit = TRUE)
out$predicted <- list(probability = as.numeric(plogis(at$fit)), lower = as.numeric(plogis(at$fit - qnorm(.975) * at$se.fit)), upper = as.numeric(plogis(at$fit + qnorm(.975) * at$se.fit)))

# Sandwich by clusters of unequal size, without correction for their number: Liang & Zeger's.
cluster <- rep(seq_len(40), times = rep(c(1, 7, 2, 6), 10))
out$made$cluster <- cluster
clustered <- function(fit) unname(sandwich::vcovCL(fit, cluster = cluster, type = "HC0", cadjust = FALSE))
out$clustered <- list(plain = clustered(plain), offset = clustered(glm(y ~ size + visits + paid + offset(offset), binomial, made, control = tight)),
  alone = clustered(glm(y ~ 1, binomial, made, control = tight)))

# Least squares, with errors of MacKinnon & White's HC2 from the rows' leverages. Counts are rows repeated.
made$amount <- round(20 + .05 * made$size + 3 * made$visits - 4 * made$paid + rnorm(n) * (1 + made$visits), 2)
out$made$amount <- made$amount
least <- function(data, formula) {
  fit <- lm(formula, data)
  x <- model.matrix(fit)
  bread <- solve(crossprod(x))
  hc2 <- bread %*% crossprod(x * (resid(fit) / sqrt(1 - hatvalues(fit)))) %*% bread
  wide <- qt(.975, df.residual(fit)) * sqrt(diag(hc2))
  list(estimate = as.numeric(coef(fit)), equal = unname(vcov(fit)), HC2 = unname(hc2), lower = as.numeric(coef(fit) - wide), upper = as.numeric(coef(fit) + wide),
    p = as.numeric(2 * pt(-abs(coef(fit) / sqrt(diag(hc2))), df.residual(fit))), pEqual = as.numeric(summary(fit)$coefficients[, 4]),
    residualVariance = summary(fit)$sigma^2, degreesOfFreedom = df.residual(fit))
}
out$linear <- list(plain = least(made, amount ~ size + visits + paid), counted = least(made[rep(seq_len(n), made$weight), ], amount ~ size + visits + paid), alone = least(made, amount ~ 1))

write(toJSON(out, digits = NA, auto_unbox = TRUE), file.path(here, "reference-r.json"))
