//! From values to places: the scale of a chart, and the round numbers on it.
//!
//! Promise: any finite values have a scale; the first of two values is never placed after the second
//! if it is smaller.

use super::scene::px;

/// The values that a scale spans.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Domain {
    /// The largest absolute value: dividing by it first keeps the span of any two values in range.
    norm: f64,
    /// In parts of `norm`, or as powers of ten.
    low: f64,
    high: f64,
    log: bool,
    /// Whether a value is below zero, be it by ever so little.
    is_negative: bool,
}

impl Domain {
    /// A scale that begins at zero: the length of a bar is its value.
    pub(crate) fn from_zero(values: impl Iterator<Item = f64> + Clone) -> Self {
        let is_negative = values.clone().any(|value| value < 0.0);
        let norm = norm(values.clone());
        let low = values.clone().fold(0.0, f64::min) / norm;
        let high = values.fold(0.0, f64::max) / norm;
        let high = if low >= high { 1.0 } else { high };
        Self {
            norm,
            low,
            high,
            log: false,
            is_negative,
        }
    }

    /// A scale for dots and lines, from one round number to another; from zero if that is near.
    pub(crate) fn round(values: impl Iterator<Item = f64> + Clone, log: bool, most: usize) -> Self {
        if log {
            let exponents = values.map(f64::log10);
            let low = exponents.clone().fold(f64::INFINITY, f64::min).floor();
            let high = exponents.fold(f64::NEG_INFINITY, f64::max).ceil();
            let high = if low >= high { low + 1.0 } else { high };
            return Self {
                norm: 1.0,
                low,
                high,
                log,
                is_negative: false,
            };
        }
        let norm = norm(values.clone());
        let low = values.clone().fold(f64::INFINITY, f64::min) / norm;
        let high = values.fold(f64::NEG_INFINITY, f64::max) / norm;
        // A scale that leaves out zero shows differences larger than they are: only where nothing
        // else would show them.
        let low = if low > 0.0 && low < high * 0.7 {
            0.0
        } else {
            low
        };
        let high = if high < 0.0 && high > low * 0.7 {
            0.0
        } else {
            high
        };
        let (low, high) = if high - low < 1e-9 {
            (low.min(0.0), high.max(if low < 0.0 { 0.0 } else { 1.0 }))
        } else {
            (low, high)
        };
        let step = step(high - low, most, norm);
        Self {
            norm,
            low: (low / step + 1e-9).floor() * step,
            high: (high / step - 1e-9).ceil() * step,
            log,
            is_negative: low < 0.0,
        }
    }

    /// Exactly from one value to another; logarithmic, from one power of ten to another.
    pub(crate) fn spanning(low: f64, high: f64, log: bool) -> Self {
        let both = [low, high].into_iter();
        if log {
            return Self::round(both, true, 1);
        }
        let norm = norm(both);
        Self {
            norm,
            low: low / norm,
            high: high / norm,
            log,
            is_negative: low < 0.0,
        }
    }

    /// Whether the scale reaches both sides of zero, or begins there.
    pub(crate) fn has_zero(&self) -> bool {
        !self.log && self.low <= 0.0 && self.high >= 0.0
    }

    /// Whether there is something below zero.
    pub(crate) fn is_negative(&self) -> bool {
        self.is_negative
    }

    /// Where a value is, from 0 to 1.
    fn part(&self, value: f64) -> f64 {
        let at = if self.log {
            value.log10()
        } else {
            value / self.norm
        };
        (at - self.low) / (self.high - self.low)
    }

    /// Where a value is between two places.
    pub(crate) fn place(&self, value: f64, from: i32, to: i32) -> i32 {
        from + px(self.part(value) * f64::from(to - from))
    }

    /// Round values at equal distances, about as many as asked for at most.
    pub(crate) fn ticks(&self, most: usize) -> Vec<f64> {
        if self.log {
            let (low, high) = (px(self.low), px(self.high));
            let every = ((high - low) / i32::try_from(most.max(1)).unwrap_or(1)).max(1);
            let every = usize::try_from(every).unwrap_or(1);
            return (low..=high)
                .step_by(every)
                // `powi` gives nothing for what is smaller than 1e-308.
                .map(|exponent| clean(10_f64.powf(f64::from(exponent))))
                .filter(|value| value.is_finite() && *value > 0.0)
                .collect();
        }
        let step = step(self.high - self.low, most, self.norm);
        let first = (self.low / step - 1e-9).ceil();
        let last = (self.high / step + 1e-9).floor();
        let count = px(last - first).clamp(0, 50);
        (0..=count)
            .map(|number| clean((first + f64::from(number)) * step * self.norm))
            .filter(|value| value.is_finite())
            .collect()
    }
}

/// A power of ten near the largest absolute value, so that round parts of it are round numbers.
fn norm(values: impl Iterator<Item = f64>) -> f64 {
    let largest = values.map(f64::abs).fold(0.0, f64::max);
    let power = 10_f64.powf(largest.log10().floor());
    match power {
        _ if largest == 0.0 => 1.0,
        power if power.is_normal() => power,
        _ => largest,
    }
}

/// The least of 1, 2, 2.5, 5, 10, … that divides a span of so many times `norm` into no more than so many
/// parts; 2.5 itself is not round, 25 and 0.25 are.
fn step(span: f64, most: usize, norm: f64) -> f64 {
    let least = span / most.max(1) as f64;
    let power = 10_f64.powf(least.log10().floor());
    [1.0, 2.0, 2.5, 5.0, 10.0]
        .into_iter()
        .map(|factor| factor * power)
        .filter(|step| (step * norm - 2.5).abs() > 1e-9)
        .find(|step| *step >= least * (1.0 - 1e-9))
        .unwrap_or(least.max(f64::MIN_POSITIVE))
}

/// 0.3 for 0.30000000000000004.
fn clean(value: f64) -> f64 {
    format!("{value:.10e}").parse().unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(values: &[f64], log: bool, expect: &[f64]) {
        let domain = Domain::round(values.iter().copied(), log, 4);
        assert_eq!(domain.ticks(4), expect, "{values:?}");
    }

    #[test]
    fn ticks_are_round_and_few() {
        check(&[111.0, 50.0], false, &[0.0, 50.0, 100.0, 150.0]);
        check(&[0.1, 0.3], false, &[0.0, 0.1, 0.2, 0.3]);
        check(&[99.1, 99.7], false, &[99.0, 99.2, 99.4, 99.6, 99.8]);
        check(&[-3.0, 4.0], false, &[-4.0, -2.0, 0.0, 2.0, 4.0]);
        check(&[5.0], false, &[0.0, 2.0, 4.0, 6.0]);
        check(&[1.0, 1e9], true, &[1.0, 100.0, 1e4, 1e6, 1e8]);
        check(&[4e-309], true, &[1e-309, 1e-308]);
    }

    #[test]
    fn any_value_has_a_place() {
        for values in [
            [0.0, 0.0],
            [f64::MAX, f64::MIN],
            [5e-324, 0.0],
            [1e300, -1e-300],
        ] {
            for domain in [
                Domain::from_zero(values.into_iter()),
                Domain::round(values.into_iter(), false, 5),
            ] {
                for value in values {
                    let place = domain.place(value, 0, 100);
                    assert!((-1..=101).contains(&place), "{values:?} {domain:?} {place}");
                }
                assert!(domain.ticks(5).len() <= 12, "{domain:?}");
            }
        }
    }
}
