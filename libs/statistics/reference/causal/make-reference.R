# Reference figures for propensity weights, balance and the augmented effect, and the data they were made of.
# Standard errors are sandwiches of the stacked estimating equations, differentiated by complex steps.
#
#   apt install r-base-core r-cran-jsonlite
#   Rscript libs/statistics/reference/causal/make-reference.R
suppressMessages(library(jsonlite))
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(FALSE), value = TRUE)))
out <- list(versions = list(R = R.version.string))
tight <- glm.control(epsilon = 1e-14, maxit = 100)

set.seed(20240612)
n <- 300
made <- data.frame(size = round(exp(rnorm(n, 3, .8))), visits = rpois(n, 3), paid = rbinom(n, 1, .4))
made$treated <- rbinom(n, 1, plogis(-1.6 + .03 * made$size + .25 * made$visits - .8 * made$paid))
made$renewed <- rbinom(n, 1, plogis(-.9 + .02 * made$size + .2 * made$visits + .4 * made$treated))
made$amount <- round(10 + .3 * made$size + 2 * made$visits + 5 * made$treated + rnorm(n, 0, 6), 2)
made$fold <- rep(0:4, length.out = n)[order(order(made$treated, runif(n)))]
made$count <- rpois(n, 1.2)
out$made <- as.list(made)

logit <- treated ~ size + visits + paid
expit <- function(z) 1 / (1 + exp(-z))
weightOf <- list(
  ipw = function(t, e) t / e + (1 - t) / (1 - e),
  treated = function(t, e) t + (1 - t) * e / (1 - e),
  overlap = function(t, e) t * (1 - e) + (1 - t) * e)

weighted <- function(data, scheme, outcome) {
  fit <- glm(logit, binomial, data, control = tight)
  x <- model.matrix(fit); t <- data$treated; y <- data[[outcome]]; w <- weightOf[[scheme]](t, fitted(fit))
  mu <- sapply(0:1, function(arm) weighted.mean(y[t == arm], w[t == arm]))
  k <- ncol(x)
  equations <- function(theta) {
    e <- expit(drop(x %*% theta[1:k]))
    own <- weightOf[[scheme]](t, e)
    cbind(x * (t - e), own * (1 - t) * (y - theta[k + 1]), own * t * (y - theta[k + 2]))
  }
  theta <- c(coef(fit), mu)
  slope <- sapply(seq_along(theta), function(a) { step <- as.complex(theta); step[a] <- step[a] + 1e-30i; Im(colSums(equations(step))) / 1e-30 })
  bread <- solve(slope)
  covariance <- (bread %*% crossprod(equations(theta)) %*% t(bread))[k + 1:2, k + 1:2]
  ratio <- mu[2] / mu[1]
  contrast <- c(-1, 1); logs <- c(-1, 1) / mu
  kish <- function(own) sum(own)^2 / sum(own^2)
  standardised <- function(column, v) {
    m <- sapply(0:1, function(arm) weighted.mean(column[t == arm], v[t == arm]))
    spread <- sapply(0:1, function(arm) { own <- column[t == arm]; if (all(column %in% 0:1)) mean(own) * (1 - mean(own)) else var(own) })
    (m[2] - m[1]) / sqrt(mean(spread))
  }
  names <- c("size", "visits", "paid")
  list(means = mu, difference = mu[2] - mu[1], standardError = sqrt(drop(contrast %*% covariance %*% contrast)), ratio = ratio,
    ratioError = ratio * sqrt(drop(logs %*% covariance %*% logs)), scores = as.numeric(fitted(fit)), accounts = c(sum(t), sum(1 - t)),
    effective = c(kish(w[t == 1]), kish(w[t == 0])),
    before = sapply(names, function(one) standardised(data[[one]], rep(1, nrow(data))), USE.NAMES = FALSE),
    after = sapply(names, function(one) standardised(data[[one]], w), USE.NAMES = FALSE))
}
scores <- fitted(glm(logit, binomial, made, control = tight))
out$weighted <- list()
for (scheme in names(weightOf)) for (outcome in c("renewed", "amount")) out$weighted[[scheme]][[outcome]] <- weighted(made, scheme, outcome)
out$trimmed <- weighted(made[scores >= .2 & scores <= .8, ], "ipw", "renewed")
out$counted <- weighted(made[rep(seq_len(n), made$count), ], "overlap", "renewed")

augmented <- function(data, outcome, family, bounds) {
  e <- mu0 <- mu1 <- numeric(nrow(data))
  model <- as.formula(paste(outcome, "~ size + visits + paid"))
  for (fold in unique(data$fold)) {
    own <- data$fold == fold
    e[own] <- predict(glm(logit, binomial, data[!own, ], control = tight), data[own, ], type = "response")
    mu0[own] <- predict(glm(model, family, data[!own & data$treated == 0, ], control = tight), data[own, ], type = "response")
    mu1[own] <- predict(glm(model, family, data[!own & data$treated == 1, ], control = tight), data[own, ], type = "response")
  }
  bounded <- sum(e < bounds[1] | e > bounds[2])
  e <- pmin(bounds[2], pmax(bounds[1], e))
  t <- data$treated; y <- data[[outcome]]
  one <- mu1 + t * (y - mu1) / e
  other <- mu0 + (1 - t) * (y - mu0) / (1 - e)
  n <- nrow(data)
  list(means = c(mean(other), mean(one)), difference = mean(one - other), standardError = sqrt(sum((one - other - mean(one - other))^2)) / n, bounded = bounded)
}
out$augmented <- list(renewed = augmented(made, "renewed", binomial, c(.01, .99)), amount = augmented(made, "amount", gaussian, c(.01, .99)),
  bounded = augmented(made, "renewed", binomial, c(.3, .7)), counted = augmented(made[rep(seq_len(n), made$count), ], "renewed", binomial, c(.01, .99)))

# The E-value by its meaning: the ratio that, as confounder's association with both sides, gives the bias factor sought.
least <- function(ratio) { r <- max(ratio, 1 / ratio); if (r == 1) 1 else uniroot(function(e) e^2 / (2 * e - 1) - r, c(1, 1e4), tol = 1e-14)$root }
halved <- function(hr) (1 - .5^sqrt(hr)) / (1 - .5^sqrt(1 / hr))
out$eValues <- list(
  smoking = c(least(3.9), least(1.8)), below = c(least(.6), least(.85)), across = c(least(1.3), 1),
  odds = c(least(sqrt(.86)), least(sqrt(.99))), hazard = c(least(halved(.56)), least(halved(.69))))

write(toJSON(out, digits = NA, auto_unbox = TRUE), file.path(here, "reference-r.json"))
