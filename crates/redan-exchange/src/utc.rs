//! Scenario time as UTC and as seconds in decimal, exact to the nanosecond.
//!
//! Days are counted in the proleptic Gregorian calendar after H. Hinnant, "chrono-compatible
//! low-level date algorithms" (2013): years begin in March, so that the leap day ends one. UTC has no
//! leap second here, as scenario time has none.

use redan_geo::Time;

use crate::ExchangeError;

const NANOS: i128 = 1_000_000_000;
const SECONDS_A_DAY: i128 = 86_400;
/// Days of 400 years, after which the calendar repeats itself.
const DAYS_AN_ERA: i128 = 146_097;
/// From 1 March of year 0 to 1 January 1970.
const DAYS_TO_EPOCH: i128 = 719_468;

/// An instant in UTC: nanoseconds since 1970. Wide enough for any start plus any scenario time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Utc(i128);

impl Utc {
    /// Reads `2026-05-12T04:00:00Z`, with or without seconds and their fraction.
    pub(crate) fn parse(text: &str) -> Result<Utc, ExchangeError> {
        read(text).ok_or_else(|| ExchangeError::Start { text: text.to_owned() })
    }

    /// The instant of a clock that counts nanoseconds since 1970.
    pub(crate) fn from_unix_ns(unix_ns: i64) -> Utc {
        Utc(i128::from(unix_ns))
    }

    /// The instant of a scenario that begins here.
    pub(crate) fn at(self, time: Time) -> Utc {
        Utc(self.0 + i128::from(time.as_nanos()))
    }

    /// Nanoseconds since 1970.
    pub(crate) fn unix_ns(self) -> i128 {
        self.0
    }

    /// `2026-05-12T04:00:00Z`, with as many decimals as the second has.
    pub(crate) fn text(self) -> String {
        let seconds = self.0.div_euclid(NANOS);
        let (year, month, day) = date(seconds.div_euclid(SECONDS_A_DAY));
        let second = seconds.rem_euclid(SECONDS_A_DAY);
        let (hour, minute) = (second / 3600, second / 60 % 60);
        let second = second % 60;
        let fraction = fraction(self.0.rem_euclid(NANOS));
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{fraction}Z")
    }
}

/// Seconds since the start of the scenario, in decimal and without a trailing nought: `47.13`.
pub(crate) fn seconds(time: Time) -> String {
    let nanos = i128::from(time.as_nanos());
    let sign = if nanos < 0 { "-" } else { "" };
    let nanos = nanos.abs();
    format!("{sign}{}{}", nanos / NANOS, fraction(nanos % NANOS))
}

/// The number whose shortest decimal form is that of [`seconds`].
pub(crate) fn seconds_number(time: Time) -> f64 {
    seconds(time).parse().unwrap_or_else(|_| time.as_secs())
}

/// The nearest millisecond: as fine as the programs that read these files are, and 1500 where a run
/// came to 1499.999999999.
pub(crate) fn to_millisecond(time: Time) -> Time {
    const MILLISECOND: i64 = 1_000_000;
    let millis = time.as_nanos().saturating_add(MILLISECOND / 2).div_euclid(MILLISECOND);
    Time::from_nanos(millis.saturating_mul(MILLISECOND))
}

fn fraction(nanos: i128) -> String {
    if nanos == 0 {
        return String::new();
    }
    format!(".{nanos:09}").trim_end_matches('0').to_owned()
}

fn read(text: &str) -> Option<Utc> {
    let text = text.strip_suffix(['Z', 'z'])?;
    let (date, clock) = text.split_once(['T', 't', ' '])?;
    let [year, month, day] = numbers(date, '-')?;
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, ""));
    let [hour, minute, second] =
        numbers(clock, ':').or_else(|| numbers(clock, ':').map(|[h, m]| [h, m, 0]))?;
    let is_real = (1..=12).contains(&month) && (1..=days_of(year, month)).contains(&day);
    if !is_real || hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let seconds = days(year, month, day) * SECONDS_A_DAY + hour * 3600 + minute * 60 + second;
    Some(Utc(seconds * NANOS + nanos(fraction)?))
}

/// Whole numbers between separators, exactly so many.
fn numbers<const N: usize>(text: &str, separator: char) -> Option<[i128; N]> {
    let parts: Option<Vec<i128>> = text.split(separator).map(digits).collect();
    parts?.try_into().ok()
}

fn digits(text: &str) -> Option<i128> {
    let is_plain = !text.is_empty() && text.len() <= 9 && text.bytes().all(|b| b.is_ascii_digit());
    if is_plain { text.parse().ok() } else { None }
}

/// Nanoseconds of the decimals of a second; what is finer is cut off.
fn nanos(decimals: &str) -> Option<i128> {
    if decimals.is_empty() {
        return Some(0);
    }
    let cut: String = decimals.chars().take(9).collect();
    digits(&format!("{cut:0<9}")).filter(|_| decimals.bytes().all(|b| b.is_ascii_digit()))
}

fn days_of(year: i128, month: i128) -> i128 {
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days since 1970 of a date.
fn days(year: i128, month: i128, day: i128) -> i128 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * DAYS_AN_ERA + of_era * 365 + of_era / 4 - of_era / 100 + day_of_year - DAYS_TO_EPOCH
}

/// Year, month and day of a number of days since 1970.
fn date(days: i128) -> (i128, i128, i128) {
    let days = days + DAYS_TO_EPOCH;
    let (era, of_era) = (days.div_euclid(DAYS_AN_ERA), days.rem_euclid(DAYS_AN_ERA));
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let day_of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    let year = era * 400 + year_of_era + i128::from(month <= 2);
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Seconds since 1970 as `date -u +%s` of GNU coreutils gives them.
    #[test]
    fn instants_are_counted_as_the_calendar_does() {
        for (text, unix_s) in [
            ("1970-01-01T00:00:00Z", 0),
            ("2000-02-29T23:59:59Z", 951_868_799),
            ("2026-05-12T04:00:00Z", 1_778_558_400),
            ("1600-01-01T00:00:00Z", -11_676_096_000),
            ("2100-03-01T00:00:00Z", 4_107_542_400),
        ] {
            let utc = Utc::parse(text).expect("a real instant");
            assert_eq!(utc, Utc(unix_s * NANOS), "{text}");
            assert_eq!(utc.text(), text);
        }
    }

    #[test]
    fn dates_come_back_for_six_hundred_years_of_days() {
        for day in -109_573..109_573 {
            let (year, month, of_month) = date(day);
            assert_eq!(days(year, month, of_month), day);
            assert!((1..=days_of(year, month)).contains(&of_month));
        }
    }

    #[test]
    fn fractions_are_exact_and_short() {
        let start = Utc::parse("2026-05-12T04:00:00.25Z").expect("a real instant");
        assert_eq!(start.text(), "2026-05-12T04:00:00.25Z");
        assert_eq!(start.at(Time(1)).text(), "2026-05-12T04:00:00.250000001Z");
        assert_eq!(start.at(Time(-250_000_000)).text(), "2026-05-12T04:00:00Z");
        assert_eq!(Utc::parse("2026-05-12T04:00Z").expect("no seconds").text().len(), 20);
        assert_eq!(seconds(Time::from_secs(47.13)), "47.13");
        assert_eq!(seconds(Time::from_secs(-0.5)), "-0.5");
        assert_eq!(seconds(Time::MIN), "-9223372036.854775808");
    }

    #[test]
    fn milliseconds_are_the_nearest() {
        assert_eq!(to_millisecond(Time(1_499_999_999_999)), Time::from_secs(1500.0));
        assert_eq!(to_millisecond(Time(-1_400_000)), Time(-1_000_000));
        assert_eq!(to_millisecond(Time(12_000_000)), Time(12_000_000));
        assert!(to_millisecond(Time::MAX) > to_millisecond(Time::MIN));
    }

    #[test]
    fn what_is_no_instant_is_refused() {
        for text in [
            "",
            "2026-05-12",
            "2026-05-12T04:00:00",
            "2026-05-12T04:00:00+03:00",
            "2026-02-29T00:00:00Z",
            "2026-13-01T00:00:00Z",
            "2026-05-12T24:00:00Z",
            "2026-05-12T04:00:00.xZ",
            "2026-05-12T04:00:00.1\u{e9}Z",
            "-2026-05-12T04:00:00Z",
        ] {
            assert!(Utc::parse(text).is_err(), "{text}");
        }
    }
}
