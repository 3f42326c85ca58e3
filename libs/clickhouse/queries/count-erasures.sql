SELECT count() AS erasures FROM milepost.erasures FINAL
