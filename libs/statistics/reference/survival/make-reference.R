# Reference figures for the survival methods, and the data they were made of.
#
#   apt install r-base-core r-cran-survival r-cran-jsonlite
#   Rscript libs/statistics/reference/survival/make-reference.R
#
# survival is under the LGPL; its data sets are cited in its manual. `made` is drawn here: ties, late entry, weights,
# strata, clusters and an offset all at once.
suppressMessages({library(survival); library(jsonlite)})
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(FALSE), value = TRUE)))
out <- list(versions = list(R = R.version.string, survival = as.character(packageVersion("survival"))))

# Kaplan-Meier, Nelson-Aalen, restricted mean ---------------------------------------------------------------------
curve <- function(fit, times) {
  s <- summary(fit, times = times)
  list(time = times, survival = s$surv, standardError = s$std.err, lower = s$lower, upper = s$upper, atRisk = s$n.risk)
}
quantiles <- function(fit) lapply(quantile(fit, c(.25, .5, .75)), as.numeric)
times <- c(5, 11, 100, 200, 365, 500, 883)
out$lung <- lapply(c("log-log" = "log-log", log = "log", plain = "plain"), function(type) {
  fit <- survfit(Surv(time, status) ~ 1, lung, conf.type = type)
  list(curve = curve(fit, times), quantiles = quantiles(fit))
})
hazard <- function(fit) { s <- summary(fit, times = times); list(hazard = s$cumhaz, standardError = s$std.chaz) }
out$hazard <- list(none = hazard(survfit(Surv(time, status) ~ 1, lung)),
                   split = hazard(survfit(Surv(time, status) ~ 1, lung, ctype = 2)))
rmean <- function(tau) { t <- summary(survfit(Surv(time, status) ~ 1, lung), rmean = tau)$table; as.numeric(t[c("rmean", "se(rmean)")]) }
out$restrictedMean <- list(`365` = rmean(365), `1000` = rmean(1000))
flat <- data.frame(time = c(1, 2, 3, 4), event = c(1, 1, 1, 1))
rest <- data.frame(time = c(1, 2, 3, 4), event = c(1, 1, 0, 0))
out$median <- list(flat = as.numeric(quantile(survfit(Surv(time, event) ~ 1, flat), .5, conf.int = FALSE)),
                   rest = as.numeric(quantile(survfit(Surv(time, event) ~ 1, rest), .5, conf.int = FALSE)))

# Made data -------------------------------------------------------------------------------------------------------
set.seed(20240607)
n <- 240
made <- data.frame(id = rep(1:80, 3), x = round(rnorm(n), 3), z = rbinom(n, 1, .4), g = sample(c("a", "b", "c"), n, TRUE),
                   weight = sample(1:4, n, TRUE) / 2, offset = round(rnorm(n, 0, .3), 3))
t <- ceiling(rexp(n, exp(-2.2 + .5 * made$x - .6 * made$z)))
c <- ceiling(runif(n, 2, 25))
made$start <- pmin(sample(0:4, n, TRUE), pmin(t, c) - 1)
made$time <- pmin(t, c)
made$event <- as.numeric(t <= c)
made$score <- round(.5 * made$x - .6 * made$z + rnorm(n, 0, .2), 1)
out$made <- as.list(made)
late <- Surv(made$start, made$time, made$event)
out$lateEntry <- curve(survfit(late ~ 1, conf.type = "log-log"), c(1, 3, 6, 12))
out$counted <- curve(survfit(Surv(time, event) ~ 1, made, weights = made$weight * 2, conf.type = "log-log", robust = FALSE), c(1, 3, 6, 12))

# Log-rank --------------------------------------------------------------------------------------------------------
test <- function(fit) list(statistic = fit$chisq, observed = as.numeric(if (is.matrix(fit$obs)) rowSums(fit$obs) else fit$obs),
                           expected = as.numeric(if (is.matrix(fit$exp)) rowSums(fit$exp) else fit$exp))
out$logRank <- list(
  lung = test(survdiff(Surv(time, status) ~ sex, lung)),
  lungRho1 = test(survdiff(Surv(time, status) ~ sex, lung, rho = 1)),
  lungRhoHalf = test(survdiff(Surv(time, status) ~ sex, lung, rho = .5)),
  madeGroups = test(survdiff(Surv(time, event) ~ g, made)),
  madeStrata = test(survdiff(Surv(time, event) ~ z + strata(g), made)),
  madeStrataRho1 = test(survdiff(Surv(time, event) ~ z + strata(g), made, rho = 1)))

# Cox -------------------------------------------------------------------------------------------------------------
cox <- function(fit) list(estimate = as.numeric(coef(fit)), standardError = as.numeric(sqrt(diag(vcov(fit)))),
  model = as.numeric(sqrt(diag(if (is.null(fit$naive.var)) fit$var else fit$naive.var))), logLikelihood = fit$loglik,
  score = fit$score, wald = as.numeric(fit$wald.test))
zph <- function(fit, transform) { t <- cox.zph(fit, transform = transform)$table; list(statistic = as.numeric(t[, 1]), p = as.numeric(t[, 3])) }
known <- lung[!is.na(lung$ph.ecog), ]
l <- coxph(Surv(time, status) ~ age + sex + ph.ecog, known)
h <- coxph(Surv(start, stop, event) ~ transplant + age + surgery, transform(heart, transplant = as.numeric(transplant) - 1))
full <- function(ties) coxph(late ~ x + z + strata(g) + offset(offset), made, ties = ties, weights = weight, robust = FALSE)
made$row <- seq_len(n)
out$cox <- list(lung = cox(l), lungBreslow = cox(coxph(Surv(time, status) ~ age + sex + ph.ecog, known, ties = "breslow")),
  heart = cox(h), madeEfron = cox(full("efron")), madeBreslow = cox(full("breslow")),
  madeEfronRows = cox(coxph(late ~ x + z + strata(g) + offset(offset), made, weights = weight, cluster = row)), madeEfronClusters = cox(coxph(late ~ x + z + strata(g) + offset(offset), made, weights = weight, cluster = id)),
  madeBreslowClusters = cox(coxph(late ~ x + z + strata(g) + offset(offset), made, ties = "breslow", weights = weight, cluster = id)),
  kidneyClusters = cox(coxph(Surv(time, status) ~ age + sex, kidney, cluster = id)),
  veteranStrata = cox(coxph(Surv(time, status) ~ trt + karno + diagtime + strata(celltype), veteran)))
out$schoenfeld <- list(
  lung = list(km = zph(l, "km"), identity = zph(l, "identity"), log = zph(l, "log"), rank = zph(l, "rank")),
  heart = list(km = zph(h, "km"), identity = zph(h, "identity")),
  madeEfron = list(km = zph(full("efron"), "km"), identity = zph(full("efron"), "identity")),
  madeBreslow = list(km = zph(full("breslow"), "km"), log = zph(full("breslow"), "log")))
predicted <- function(fit, row, times, ...) {
  s <- summary(survfit(fit, newdata = row, conf.type = "log-log", ...), times = times)
  list(time = times, survival = as.numeric(s$surv), standardError = as.numeric(s$std.err), lower = as.numeric(s$lower),
       upper = as.numeric(s$upper), hazard = as.numeric(s$cumhaz))
}
out$predicted <- list(
  lung = predicted(l, data.frame(age = 60, sex = 2, ph.ecog = 1), c(5, 100, 365, 800)),
  lungBreslow = predicted(coxph(Surv(time, status) ~ age + sex + ph.ecog, known, ties = "breslow"), data.frame(age = 60, sex = 2, ph.ecog = 1), c(5, 100, 365, 800)),
  made = predicted(full("efron"), data.frame(x = .5, z = 1, g = "b", offset = 0), c(2, 5, 10)))
out$kidney <- as.list(kidney[, c("id", "time", "status", "age", "sex")])
out$veteran <- as.list(transform(veteran[, c("trt", "celltype", "time", "status", "karno", "diagtime")], celltype = as.character(celltype)))

# Aalen-Johansen --------------------------------------------------------------------------------------------------
cause <- with(mgus2, ifelse(pstat == 1, 1, ifelse(death == 1, 2, 0)))
until <- with(mgus2, ifelse(pstat == 1, ptime, futime))
incidence <- function(time, cause, times, start = NULL) {
  y <- factor(cause, 0:2, c("none", "one", "two"))
  fit <- if (is.null(start)) survfit(Surv(time, y) ~ 1, conf.type = "log-log")
         else survfit(Surv(start, time, y) ~ 1, conf.type = "log-log", id = seq_along(time))
  s <- summary(fit, times = times)
  list(time = times, incidence = s$pstate, standardError = s$std.err, lower = s$lower, upper = s$upper)
}
out$mgus2 <- list(time = until, cause = cause)
out$incidence <- list(mgus2 = incidence(until, cause, c(12, 60, 120, 240, 360)))

# Concordance -----------------------------------------------------------------------------------------------------
harrell <- function(fit) list(concordance = as.numeric(coef(fit)), standardError = sqrt(as.numeric(vcov(fit))), counts = as.numeric(fit$count))
out$concordance <- list(
  lung = harrell(concordance(l)),
  made = harrell(concordance(Surv(time, event) ~ score, made, reverse = TRUE)),
  madeWeights = harrell(concordance(Surv(time, event) ~ score, made, reverse = TRUE, weights = weight)),
  madeLate = harrell(concordance(late ~ score, made, reverse = TRUE)),
  madeUno = harrell(concordance(Surv(time, event) ~ score, made, reverse = TRUE, timewt = "n/G2")),
  madeUnoUntil10 = harrell(concordance(Surv(time, event) ~ score, made, reverse = TRUE, timewt = "n/G2", ymax = 10)))

# Discrete time ---------------------------------------------------------------------------------------------------
rossi <- fromJSON(file.path(here, "data-rossi.json"))$columns
rossi <- as.data.frame(rossi)
weeks <- rossi[rep(seq_len(nrow(rossi)), rossi$week), ]
weeks$at <- unlist(lapply(rossi$week, seq_len))
weeks$y <- as.numeric(weeks$at == weeks$week & weeks$arrest == 1)
seen <- weeks[weeks$at %in% weeks$at[weeks$y == 1], ]  # weeks without an arrest have their intercept at minus infinity
discrete <- function(fit) { keep <- !grepl("factor|Intercept", names(coef(fit))); list(names = names(coef(fit))[keep],
  estimate = as.numeric(coef(fit)[keep]), standardError = as.numeric(sqrt(diag(vcov(fit)))[keep]), logLikelihood = as.numeric(logLik(fit)),
  intercepts = as.numeric(coef(fit)[!keep]), interceptErrors = as.numeric(sqrt(diag(vcov(fit)))[!keep])) }
terms <- y ~ 0 + factor(at) + fin + age + race + wexp + mar + paro + prio
tight <- glm.control(epsilon = 1e-14, maxit = 100)
out$discrete <- list(rows = nrow(weeks),
  cloglog = discrete(glm(terms, binomial("cloglog"), seen, control = tight)),
  logit = discrete(glm(terms, binomial("logit"), seen, control = tight)),
  constant = discrete(glm(y ~ fin + prio, binomial("cloglog"), weeks, control = tight)),
  linear = discrete(glm(y ~ fin + prio + at, binomial("logit"), weeks, control = tight, offset = .01 * age)))

# Immortal time: Stanford heart ------------------------------------------------------------------------------------
subject <- jasa
subject$reached <- as.numeric(subject$tx.date - subject$accept.dt)
out$jasa <- list(time = subject$futime, event = subject$fustat, reached = subject$reached)
naive <- coxph(Surv(futime, fustat) ~ transplant, jasa)
active <- subject[subject$futime > 30, ]
active$on <- as.numeric(!is.na(active$reached) & active$reached <= 30)
landmark <- coxph(Surv(futime - 30, fustat) ~ on, active)
switched <- coxph(Surv(start, stop, event) ~ transplant, heart)
# tmerge on the subjects with time at risk; a transplant on the day of death counts as after it.
lived <- transform(subject[subject$futime > 0, c("futime", "fustat", "reached")], id = seq_len(sum(subject$futime > 0)))
split <- tmerge(tmerge(lived, lived, id = id, death = event(futime, fustat)), lived, id = id, on = tdc(reached))
switchedDays <- coxph(Surv(tstart, tstop, death) ~ on, split)
ratio <- function(fit) c(exp(coef(fit)), summary(fit)$coefficients[, "Pr(>|z|)"])
out$immortal <- list(naive = as.numeric(ratio(naive)), landmark = as.numeric(ratio(landmark)), switched = as.numeric(ratio(switched)),
                     switchedDays = as.numeric(ratio(switchedDays)), splitRows = nrow(split),
                     active = nrow(active))

write(toJSON(out, digits = NA, auto_unbox = TRUE, na = "null"), file.path(here, "reference-r.json"))
