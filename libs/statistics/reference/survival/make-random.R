# Reference figures on data sets that are drawn, each unlike the last: small and large, with many ties and with none,
# late entry, weights, strata, clusters, an offset, factors, several causes.
#
#   apt install r-base-core r-cran-survival r-cran-jsonlite
#   Rscript libs/statistics/reference/survival/make-random.R [NUMBER OF SETS] [FILE]
#
# What R warns of (no convergence, an estimate at infinity) has no figures: null. The committed file has 16 sets; make
# many more, into a file of your own, when a method changes. Public data sets that no other reference uses stand after them.
suppressMessages({library(survival); library(jsonlite)})
args <- commandArgs(TRUE)
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(FALSE), value = TRUE)))
sets <- if (length(args) > 0) as.integer(args[1]) else 16
file <- if (length(args) > 1) args[2] else file.path(here, "random-r.json")
figures <- function(call) tryCatch(withVisible(call)$value, warning = function(w) NULL, error = function(e) NULL)
num <- as.numeric

drawn <- function(k) {
  set.seed(20261125 + k)
  n <- sample(c(12, 25, 50), 1)
  grain <- sample(c(0, 1, 4), 1)  # 0: times without ties
  d <- data.frame(x = round(rnorm(n, 100, 15), 1), z = rbinom(n, 1, .5), g = sample(c("a", "b", "c"), n, TRUE),
                  s = sample(1:2, n, TRUE), id = sample(1:max(8, n %/% 3), n, TRUE), count = sample(1:4, n, TRUE),
                  weight = sample(1:8, n, TRUE) / 4, offset = round(rnorm(n, 0, .3), 2))
  t <- rexp(n, .1 * exp(.02 * (d$x - 100) - .6 * d$z))
  c <- runif(n, 1, sample(c(10, 40), 1))
  e <- runif(n, 0, 4) * rbinom(n, 1, .5)
  rounded <- function(v) if (grain == 0) round(v, 5) else ceiling(v / grain) * grain
  d$time <- rounded(pmin(t, c) + e)
  d$start <- pmax(0, pmin(if (grain == 0) round(e, 5) else floor(e / grain) * grain, d$time - max(grain, .001)))
  d$event <- num(t <= c)
  d$cause <- ifelse(d$event == 1, 1 + rbinom(n, 1, .4), 0)
  d$score <- round(.02 * (d$x - 100) - .6 * d$z + rnorm(n, 0, .2), 1)
  d
}

at <- function(fit) list(time = fit$time, survival = fit$surv, standardError = fit$surv * fit$std.err, lower = fit$lower,
                         upper = fit$upper, atRisk = fit$n.risk)
at_quantiles <- function(fit) lapply(quantile(fit, c(.1, .25, .5, .75)), num)
cox <- function(fit) if (is.null(fit)) NULL else list(estimate = num(coef(fit)), covariance = unname(fit$var), logLikelihood = fit$loglik,
  score = fit$score, events = fit$nevent)
zph <- function(fit, transform) figures(list(statistic = num(cox.zph(fit, transform = transform)$table[, 1])))
incidence <- function(fit) list(time = fit$time, incidence = unname(fit$pstate), standardError = unname(fit$std.err))
pairs <- function(fit) list(concordance = num(coef(fit)), standardError = sqrt(num(vcov(fit))))
test <- function(fit) list(statistic = fit$chisq, df = sum(rowSums(as.matrix(fit$exp)) > 0) - 1,
  expected = num(if (is.matrix(fit$exp)) rowSums(fit$exp) else fit$exp))

of <- function(d) {
  here <- Surv(d$time, d$event)
  late <- Surv(d$start, d$time, d$event)
  tight <- coxph.control(eps = 1e-12, iter.max = 50)
  one <- function(formula, ...) figures(do.call(coxph, list(formula, data = d, control = tight, ...)))
  plain <- one(here ~ x + z)
  full <- one(late ~ x + z + strata(s) + offset(offset), weights = d$weight, robust = FALSE)
  breslow <- one(late ~ x + z + strata(s) + offset(offset), weights = d$weight, robust = FALSE, ties = "breslow")
  tau <- num(quantile(d$time, .7, type = 1))
  which <- factor(d$cause, 0:2, c("none", "one", "two"))
  row <- data.frame(x = 110, z = 1, s = 1, offset = 0)
  predicted <- function(fit) figures({
    s <- summary(survfit(fit, newdata = row, conf.type = "log-log"), times = sort(unique(d$time[d$event == 1 & d$s == 1])), extend = TRUE)
    list(time = s$time, survival = num(s$surv), standardError = num(s$std.err))
  })
  periods <- d[rep(seq_len(nrow(d)), ceiling(d$time)), ]
  periods$at <- unlist(lapply(ceiling(d$time), seq_len))
  periods$y <- num(periods$at == ceiling(periods$time) & periods$event == 1)
  whole <- periods[periods$y == 1 | periods$at <= periods$time, ]
  hazard <- function(link) figures({
    fit <- glm(y ~ x + z + at, binomial(link), whole, weights = count, control = glm.control(epsilon = 1e-13, maxit = 60))
    list(rows = nrow(whole), estimate = num(coef(fit))[-1], standardError = num(sqrt(diag(vcov(fit))))[-1])
  })
  logistic <- figures({
    fit <- glm(event ~ x + z + offset(offset), binomial, d, weights = count, control = glm.control(epsilon = 1e-13, maxit = 60))
    list(estimate = num(coef(fit)), covariance = unname(vcov(fit)))
  })
  list(data = as.list(d),
    curves = lapply(c("log-log" = "log-log", log = "log", plain = "plain"), function(type) {
      fit <- survfit(here ~ 1, conf.type = type)
      list(curve = if (type == "log-log") at(fit) else list(lower = fit$lower, upper = fit$upper), quantiles = at_quantiles(fit))
    }),
    counted = at(survfit(here ~ 1, weights = d$count, conf.type = "log-log", robust = FALSE))[c("survival", "standardError", "atRisk")],
    lateCurve = at(survfit(late ~ 1, conf.type = "log-log"))[c("time", "survival", "standardError", "atRisk")],
    hazards = lapply(c(none = 1, split = 2), function(ctype) {
      fit <- survfit(here ~ 1, ctype = ctype)
      list(hazard = fit$cumhaz, standardError = fit$std.chaz)
    }),
    horizon = tau, restrictedMean = num(summary(survfit(here ~ 1), rmean = tau)$table[c("rmean", "se(rmean)")]),
    logRank = list(three = figures(test(survdiff(here ~ g, d))), rho = figures(test(survdiff(here ~ g, d, rho = 1))),
      strata = figures(test(survdiff(here ~ g + strata(s), d))), strataRho = figures(test(survdiff(here ~ g + strata(s), d, rho = .5)))),
    # Without ties the score test of a factor is the log-rank test, late entry or not.
    lateLogRank = if (anyDuplicated(d$time[d$event == 1])) NULL else figures(coxph(late ~ factor(g), d)$score),
    cox = list(plain = cox(plain), full = cox(full), breslow = cox(breslow),
      clusters = cox(one(late ~ x + z + strata(s) + offset(offset), weights = d$weight, cluster = d$id)),
      clustersBreslow = cox(one(late ~ x + z + strata(s), cluster = d$id, ties = "breslow"))),
    schoenfeld = if (is.null(full)) NULL else list(km = zph(full, "km"), identity = zph(full, "identity"), plainRank = zph(plain, "rank")),
    predicted = if (is.null(full)) NULL else predicted(full), predictedBreslow = if (is.null(breslow)) NULL else predicted(breslow),
    causes = incidence(survfit(Surv(time, which) ~ 1, d)),
    lateCauses = if (max(d$start) == 0) NULL else incidence(survfit(Surv(start, time, which) ~ 1, d, id = seq_len(nrow(d)))),
    concordance = list(harrell = pairs(concordance(here ~ score, d, reverse = TRUE)),
      weighted = pairs(concordance(here ~ score, d, reverse = TRUE, weights = weight)),
      late = pairs(concordance(late ~ score, d, reverse = TRUE, weights = weight)),
      uno = figures(pairs(concordance(here ~ score, d, reverse = TRUE, timewt = "n/G2", ymax = tau)))),
    hazard = list(cloglog = hazard("cloglog"), logit = hazard("logit")),
    logistic = logistic)
}
# Public data sets of survival: a trial, recurrences by tumour and patient (ties, clusters), infections in (start, stop].
recurrent <- function(d, formula, cluster) {
  fits <- lapply(c(efron = "efron", breslow = "breslow"), function(ties) do.call(coxph, list(formula, data = d, ties = ties, cluster = cluster)))
  list(efron = cox(fits$efron), breslow = cox(fits$breslow), zph = num(cox.zph(fits$efron)$table[, 1]))
}
b <- transform(bladder2, treated = num(rx == 2))
g <- transform(cgd, treated = num(treat == "rIFN-g"), male = num(sex == "male"))
trial <- coxph(Surv(futime, fustat) ~ age + rx + resid.ds, ovarian)
km <- survfit(Surv(futime, fustat) ~ 1, ovarian, conf.type = "log-log")
public <- list(
  ovarian = list(data = as.list(ovarian), cox = cox(trial), zph = num(cox.zph(trial)$table[, 1]), curve = at(km), quantiles = at_quantiles(km),
    logRank = test(survdiff(Surv(futime, fustat) ~ rx, ovarian)), concordance = pairs(concordance(trial))),
  bladder2 = list(data = as.list(b[, c("id", "treated", "number", "size", "start", "stop", "event", "enum")]),
    cox = recurrent(b, Surv(start, stop, event) ~ treated + number + size + strata(enum), b$id)),
  cgd = list(data = as.list(g[, c("id", "treated", "age", "male", "tstart", "tstop", "status")]),
    cox = recurrent(g, Surv(tstart, tstop, status) ~ treated + age + male, g$id)))
out <- list(versions = list(R = R.version.string, survival = as.character(packageVersion("survival"))),
            public = public, sets = lapply(seq_len(sets), function(k) of(drawn(k))))
write(toJSON(out, digits = I(11), auto_unbox = TRUE, na = "null", null = "null"), file)
