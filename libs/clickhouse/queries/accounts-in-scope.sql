(
    SELECT
        *,
        ended_at, stop, reached_at, size, renewals, expansions, cancellations, started, renewed, expanded, cancelled,
        first_months, has_long_term, renewed_times, lost, billed_90, first_guide, first_talk, active_weeks, active_months, terms,
        terms.months AS term_lengths, terms.amount AS term_amounts, term_ends, revenue,
        came_at, route, touch_names, touch_begins, touch_ages, mentions,
        'all' AS everyone,
        {by:Identifier} AS label
    FROM milepost.account_rows
    WHERE snapshot = {snapshot:UInt64}
      AND ({segment:String} = '' OR segment = {segment:String})
      AND ({channel:String} = '' OR channel = {channel:String})
      AND ({industry:String} = '' OR industry = {industry:String})
      AND ({region:String} = '' OR region = {region:String})
      AND ({planTier:String} = '' OR plan_tier = {planTier:String})
      AND ({productLine:String} = '' OR product_line = {productLine:String})
      AND ({currency:String} = '' OR currency IN ('', {currency:String}))
      AND ({signedUpFrom:String} = '' OR signed_up_at >= toDateTime64OrZero({signedUpFrom:String}, 6, 'UTC'))
      AND ({signedUpBefore:String} = '' OR signed_up_at < toDateTime64OrZero({signedUpBefore:String}, 6, 'UTC'))
)
