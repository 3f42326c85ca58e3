# Figures on the public data sets of R's survival package that no other reference here uses, with the columns they were
# made of: trials, two recurrent endpoints, a registry with late entry on the scale of age, competing causes, pairs of
# eyes, many strata. Calibration under censoring: weights by rttright, regressions by glm, errors by the sandwich package.
#
#   apt install r-base-core r-cran-survival r-cran-jsonlite r-cran-sandwich
#   Rscript libs/statistics/reference/survival/make-public.R
#
# survival is under the LGPL; its data sets are cited in its manual.
suppressMessages({library(survival); library(jsonlite); library(sandwich)})
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(FALSE), value = TRUE)))
num <- as.numeric
at <- function(times) function(fit) {
  s <- summary(fit, times = times, extend = TRUE)
  list(time = times, survival = num(s$surv), standardError = num(s$std.err), lower = num(s$lower), upper = num(s$upper), atRisk = num(s$n.risk))
}
curves <- function(formula, data, times) lapply(c("log-log" = "log-log", log = "log", plain = "plain"), function(type) {
  fit <- survfit(formula, data, conf.type = type)
  q <- quantile(fit, c(.25, .5, .75))
  list(curve = at(times)(fit), quantiles = lapply(q, num))
})
hazards <- function(formula, data, times) lapply(c(none = 1, split = 2), function(ctype) {
  s <- summary(survfit(formula, data, ctype = ctype), times = times)
  list(hazard = s$cumhaz, standardError = s$std.chaz)
})
mean_to <- function(formula, data, tau) num(summary(survfit(formula, data), rmean = tau)$table[c("rmean", "se(rmean)")])
test <- function(...) { fit <- survdiff(...); list(statistic = fit$chisq, expected = num(if (is.matrix(fit$exp)) rowSums(fit$exp) else fit$exp)) }
cox <- function(fit) list(estimate = num(coef(fit)), covariance = unname(fit$var), logLikelihood = fit$loglik, score = fit$score)
zph <- function(fit, transform) num(cox.zph(fit, transform = transform)$table[, 1])
tests <- function(fit) list(km = zph(fit, "km"), identity = zph(fit, "identity"), rank = zph(fit, "rank"))
predicted <- function(fit, row, times) {
  s <- summary(survfit(fit, newdata = row, conf.type = "log-log"), times = times)
  list(time = times, survival = num(s$surv), standardError = num(s$std.err), lower = num(s$lower), upper = num(s$upper))
}
pairs <- function(fit) list(concordance = num(coef(fit)), standardError = sqrt(num(vcov(fit))))
incidence <- function(fit, times) {
  s <- summary(fit, times = times)
  list(time = times, incidence = unname(s$pstate), standardError = unname(s$std.err))
}
control <- coxph.control(eps = 1e-11, iter.max = 50)

v <- transform(veteran, celltype = as.character(celltype))
vc <- function(ties) coxph(Surv(time, status) ~ trt + karno + age + strata(celltype), v, ties = ties, control = control)
vtimes <- c(1, 30, 100, 200, 400, 800)
veteranOut <- list(data = as.list(v[, c("trt", "celltype", "time", "status", "karno", "age")]),
  curves = curves(Surv(time, status) ~ 1, v, vtimes), hazards = hazards(Surv(time, status) ~ 1, v, vtimes),
  restrictedMean = mean_to(Surv(time, status) ~ 1, v, 400),
  logRank = list(cells = test(Surv(time, status) ~ celltype, v), rho = test(Surv(time, status) ~ celltype, v, rho = 1),
    strata = test(Surv(time, status) ~ trt + strata(celltype), v), strataRho = test(Surv(time, status) ~ trt + strata(celltype), v, rho = .7)),
  efron = cox(vc("efron")), breslow = cox(vc("breslow")), zph = tests(vc("efron")),
  predicted = predicted(vc("efron"), data.frame(trt = 2, karno = 60, age = 60, celltype = "squamous"), c(10, 100, 300)),
  concordance = pairs(concordance(coxph(Surv(time, status) ~ trt + karno + age, v, control = control))))

# Death and recurrence of the same patients: clusters, strata of the endpoint, an offset.
k <- na.omit(colon[, c("id", "etype", "time", "status", "rx", "age", "sex", "nodes")])
k <- transform(k, lev = num(rx == "Lev"), both = num(rx == "Lev+5FU"), known = round(.05 * nodes, 2))
death <- subset(k, etype == 2)
kc <- function(ties) coxph(Surv(time, status) ~ lev + both + age + sex + offset(known) + strata(etype), k, cluster = id, ties = ties, control = control)
kd <- coxph(Surv(time, status) ~ lev + both + age + sex + nodes, death, control = control)
ktimes <- c(100, 500, 1000, 2000, 3000)
colonOut <- list(data = as.list(k[, c("id", "etype", "time", "status", "lev", "both", "age", "sex", "nodes", "known")]),
  curves = curves(Surv(time, status) ~ 1, death, ktimes), hazards = hazards(Surv(time, status) ~ 1, death, ktimes),
  restrictedMean = mean_to(Surv(time, status) ~ 1, death, 2000),
  logRank = list(arms = test(Surv(time, status) ~ rx, death), strata = test(Surv(time, status) ~ rx + strata(sex), death),
    rho = test(Surv(time, status) ~ rx, death, rho = 1)),
  efron = cox(kc("efron")), breslow = cox(kc("breslow")), death = cox(kd), zph = tests(kd),
  predicted = predicted(kd, data.frame(lev = 0, both = 1, age = 60, sex = 1, nodes = 3), ktimes),
  concordance = pairs(concordance(kd)),
  uno = pairs(concordance(Surv(time, status) ~ nodes, death, reverse = TRUE, timewt = "n/G2", ymax = 2000)))

# Transplant (1) and death (2).
p <- transform(pbc[, c("time", "status", "age", "edema", "bili", "albumin")], bili = round(log(bili), 5))
p$died <- num(p$status == 2)
pc <- coxph(Surv(time, died) ~ age + edema + bili + albumin, p, control = control)
ptimes <- c(200, 1000, 2000, 3000, 4000)
pbcOut <- list(data = as.list(p), cox = cox(pc), zph = tests(pc),
  incidence = incidence(survfit(Surv(time, factor(status, 0:2)) ~ 1, p), ptimes),
  predicted = predicted(pc, data.frame(age = 50, edema = 0, bili = 1, albumin = 3.5), ptimes),
  concordance = pairs(concordance(pc)),
  uno = pairs(concordance(Surv(time, died) ~ bili, p, reverse = TRUE, timewt = "n/G2", ymax = 3000)))

# Forecasts of death within five years that are off, and how far; those censored before know nothing, and weigh nothing.
recalibrated <- function(d, horizon) {
  own <- transform(d, weight = num(rttright(Surv(time, died) ~ 1, d, times = horizon)), logit = qlogis(forecast), came = num(time <= horizon & died == 1))
  known <- subset(own, weight > 0)
  tight <- glm.control(epsilon = 1e-14, maxit = 100)
  slope <- glm(came ~ logit, quasibinomial, known, weights = weight, control = tight)
  large <- glm(came ~ 1, quasibinomial, known, offset = logit, weights = weight, control = tight)
  bin <- 1 + floor((rank(d$forecast, ties.method = "first") - 1) / nrow(d) * 4)
  bins <- lapply(1:4, function(k) at(horizon)(survfit(Surv(time, died) ~ 1, d[bin == k, ], conf.type = "log-log")))
  list(horizon = horizon, forecast = d$forecast, weights = own$weight, slope = c(num(coef(slope)[2]), sqrt(sandwich(slope)[2, 2])),
    intercept = c(num(coef(large)), sqrt(sandwich(large)[1, 1])), ratio = with(known, sum(weight * came) / sum(weight * forecast)), bins = bins)
}
p$forecast <- round(plogis(-1.2 + .02 * (p$age - 50) + p$bili - .6 * (p$albumin - 3.5) + .8 * p$edema) - 1e-6 * seq_len(nrow(p)), 6)
pbcOut$calibration <- recalibrated(p, 1826)

# Two eyes of a patient, one with the laser; and a trial whose strata, its institutions, are many and small.
y <- with(retinopathy, data.frame(id = id, time = futime, status = status, trt = trt, adult = num(type == "adult"), risk = risk))
y$both <- y$trt * y$adult
yc <- function(ties) coxph(Surv(time, status) ~ trt + adult + both + risk, y, cluster = id, ties = ties, control = control)
retinopathyOut <- list(data = as.list(y), efron = cox(yc("efron")), breslow = cox(yc("breslow")), zph = tests(coxph(Surv(time, status) ~ trt + adult + both + risk, y, control = control)),
  strata = cox(coxph(Surv(time, status) ~ trt + risk + strata(adult), y, cluster = id, control = control)),
  logRank = test(Surv(time, status) ~ trt + strata(adult), y), concordance = pairs(concordance(Surv(time, status) ~ risk, y, reverse = TRUE)))
l <- na.omit(with(lung, data.frame(inst = inst, time = time, status = status - 1, age = age, sex = sex, ecog = ph.ecog, karno = ph.karno)))
lc <- coxph(Surv(time, status) ~ age + sex + ecog + karno + strata(inst), l, control = control)
lungOut <- list(data = as.list(l), cox = cox(lc), zph = tests(lc), logRank = test(Surv(time, status) ~ sex + strata(inst), l),
  logRankRho = test(Surv(time, status) ~ sex + strata(inst), l, rho = 1))

# Progression (1) or death without it (2), by time since diagnosis and, entering late, by age in months.
m <- with(mgus2, data.frame(age = age * 12, until = ifelse(pstat == 1, ptime, futime), cause = ifelse(pstat == 1, 1, ifelse(death == 1, 2, 0)), sex = as.character(sex)))
m$stop <- m$age + m$until
m <- subset(m, until > 0)
states <- function(d) factor(d$cause, 0:2)
# The same lives in two rows each where they last long enough, told to be of the same patient.
first <- transform(m, id = seq_len(nrow(m)))
long <- subset(first, until > 40)
split <- rbind(transform(first, stop = ifelse(until > 40, age + 40, stop), cause = ifelse(until > 40, 0, cause)),
               transform(long, age = age + 40))
split <- split[order(split$id, split$age), ]
split$state <- factor(split$cause, 0:2)
atimes <- c(600, 720, 840, 960, 1080)
mgusOut <- list(data = as.list(m[, c("age", "stop", "until", "cause", "sex")]),
  byTime = incidence(survfit(Surv(until, states(m)) ~ 1, m), c(12, 60, 120, 240, 360)),
  byAge = incidence(survfit(Surv(age, stop, states(m)) ~ 1, m, id = seq_len(nrow(m))), atimes),
  split = list(data = as.list(split[, c("id", "age", "stop", "cause")]), incidence = incidence(survfit(Surv(age, stop, state) ~ 1, split, id = id), atimes)),
  ageCurve = at(atimes)(survfit(Surv(age, stop, cause > 0) ~ 1, m, conf.type = "log-log")),
  cox = cox(coxph(Surv(age, stop, cause == 1) ~ num(sex == "M"), m, control = control)))

b <- transform(bladder, treated = num(rx == 2))
bc <- function(ties) coxph(Surv(stop, event) ~ treated + size + number + strata(enum), b, cluster = id, ties = ties, control = control)
bladderOut <- list(data = as.list(b[, c("id", "treated", "number", "size", "stop", "event", "enum")]), efron = cox(bc("efron")), breslow = cox(bc("breslow")))

h <- transform(heart, transplant = num(transplant) - 1)
hc <- function(ties) coxph(Surv(start, stop, event) ~ transplant + age + surgery, h, cluster = id, ties = ties, control = control)
heartOut <- list(data = as.list(h[, c("id", "start", "stop", "event", "age", "surgery", "transplant")]), efron = cox(hc("efron")), breslow = cox(hc("breslow")),
  curve = at(c(10, 50, 200, 800))(survfit(Surv(start, stop, event) ~ 1, h, conf.type = "log-log")),
  concordance = pairs(concordance(Surv(start, stop, event) ~ age, h, reverse = TRUE)))

out <- list(versions = list(R = R.version.string, survival = as.character(packageVersion("survival"))),
  veteran = veteranOut, colon = colonOut, pbc = pbcOut, mgus2 = mgusOut, bladder = bladderOut, heart = heartOut,
  retinopathy = retinopathyOut, lung = lungOut)
write(toJSON(out, digits = I(11), auto_unbox = TRUE, na = "null", null = "null"), file.path(here, "public-r.json"))
