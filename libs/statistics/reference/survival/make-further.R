# Figures on kinds of data that the other references lack: three causes of an end (transplant list), people who enter late
# at their age (channing), two eyes of a patient, and whole periods with hundreds of ties (drawn). Of each: the curve at
# eight quantiles by three transforms, predicted survival of a fit with weights, offset and strata, by Efron and Breslow,
# cox.zph by the logarithm of time, robust errors, incidences of all causes, Uno's concordance over all of follow-up.
#
#   apt install r-base-core r-cran-survival r-cran-boot r-cran-jsonlite
#   Rscript libs/statistics/reference/survival/make-further.R
suppressMessages({library(survival); library(boot); library(jsonlite)})
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(FALSE), value = TRUE)))
num <- as.numeric
control <- coxph.control(eps = 1e-12, toler.chol = 1e-13, iter.max = 60)
shares <- c(.05, .1, .25, .4, .5, .6, .75, .9)
cox <- function(fit) list(estimate = num(coef(fit)), covariance = unname(fit$var), logLikelihood = fit$loglik, score = fit$score)
pairs <- function(fit) list(concordance = num(coef(fit)), standardError = sqrt(num(vcov(fit))))

of <- function(d, names, late) {
  n <- nrow(d)
  if (is.null(d$id)) d$id <- seq_len(n)
  d <- transform(d, weight = .25 + ((seq_len(n) * 13) %% 11) / 4, offset = round(sin(seq_len(n)) / 3, 3))
  d$y <- if (late) Surv(d$start, d$time, d$event) else Surv(d$time, d$event)
  formula <- function(more) as.formula(paste("y ~", paste(c(names, more), collapse = " + ")))
  row <- transform(d[1, ], offset = 0)
  at <- sort(unique(d$time[d$event == 1 & d$s == row$s]))
  predicted <- lapply(c(efron = "efron", breslow = "breslow"), function(ties) {
    fit <- coxph(formula(c("strata(s)", "offset(offset)")), d, weights = weight, robust = FALSE, ties = ties, control = control)
    s <- summary(survfit(fit, newdata = row, conf.type = "log-log"), times = at[at > 0])
    list(cox = cox(fit), time = s$time, survival = num(s$surv), standardError = num(s$std.err), lower = num(s$lower), upper = num(s$upper))
  })
  curves <- lapply(c("log-log" = "log-log", log = "log", plain = "plain"), function(type) {
    fit <- survfit(y ~ 1, d, conf.type = type)
    list(time = fit$time, lower = fit$lower, upper = fit$upper, quantiles = lapply(quantile(fit, shares), num))
  })
  state <- factor(d$cause, 0:max(d$cause))
  many <- survfit(if (late) Surv(d$start, d$time, state) ~ 1 else Surv(d$time, state) ~ 1, id = seq_len(n))
  score <- round(num(scale(as.matrix(d[, names])) %*% c(1, -.5)), 1)
  list(data = c(as.list(d[, setdiff(colnames(d), "y")]), list(score = score)), names = names, row = as.list(row[, names]), stratum = row$s,
    curves = curves, predicted = predicted,
    clusters = cox(coxph(formula(c("strata(s)", "offset(offset)")), d, weights = weight, cluster = id, control = control)),
    zph = num(cox.zph(coxph(formula(NULL), d, control = control), transform = "log")$table[, 1]),
    causes = list(time = many$time, incidence = unname(many$pstate), standardError = unname(many$std.err)),
    harrell = pairs(concordance(y ~ score, d, reverse = TRUE, weights = weight)),
    uno = if (late) NULL else pairs(concordance(y ~ score, d, reverse = TRUE, timewt = "n/G2")))
}

list_ <- with(subset(transplant, !is.na(age) & futime > 0), data.frame(time = futime, event = num(event != "censored"), cause = num(event) - 1, age = age, year = year, s = as.character(sex)))
homes <- with(subset(channing, exit > entry & entry > 0), data.frame(start = entry - 700, time = exit - 700, event = cens, male = num(sex == "Male"), born = (entry - 700) / 120, s = as.character(entry > 950)))
homes$cause <- ifelse(homes$event == 1, 1 + num(seq_len(nrow(homes)) %% 3 == 0), 0)
eyes <- with(diabetic, data.frame(id = id, time = time, event = status, cause = status, age = age, trt = trt, s = as.character(laser)))
set.seed(5)
n <- 400
periods <- data.frame(x = round(rnorm(n), 2), z = rbinom(n, 3, .4))
ends <- rexp(n, .3 * exp(.8 * periods$x - .4 * periods$z))
seen <- runif(n, 0, 6)
periods <- transform(periods, time = ceiling(pmin(ends, seen)), event = num(ends <= seen), s = sample(1:3, n, TRUE))
periods$cause <- ifelse(periods$event == 1, 1 + rbinom(n, 2, .3), 0)

out <- list(versions = list(R = R.version.string, survival = as.character(packageVersion("survival")), boot = as.character(packageVersion("boot"))), shares = shares,
  sets = list(transplant = of(list_, c("age", "year"), FALSE), channing = of(homes, c("male", "born"), TRUE),
    diabetic = of(eyes, c("age", "trt"), FALSE), periods = of(periods, c("x", "z"), FALSE)))
write(toJSON(out, digits = I(11), auto_unbox = TRUE, na = "null", null = "null"), file.path(here, "further-r.json"))
