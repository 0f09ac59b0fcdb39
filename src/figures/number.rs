//! Exact numbers, so that 10.11 亿 and 1.011 billion are the same.
//!
//! In: digits with a decimal point, or a fraction. Out: a [`Number`], always in lowest terms.
//! Promise: no rounding; what is too large for it is no number rather than a wrong one.

use std::fmt;

/// A fraction in lowest terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number {
    above: i128,
    below: i128,
}

/// More digits than these are a telephone number or a key, not a figure.
const MOST_DIGITS: usize = 18;

impl Number {
    /// Nothing.
    pub const ZERO: Self = Self::whole(0);
    /// One.
    pub const ONE: Self = Self::whole(1);

    /// A whole number.
    #[must_use]
    pub const fn whole(value: i128) -> Self {
        Self {
            above: value,
            below: 1,
        }
    }

    /// A fraction; `None` if the lower part is nothing.
    #[must_use]
    pub fn fraction(above: i128, below: i128) -> Option<Self> {
        let divisor = common_divisor(above.checked_abs()?, below.checked_abs()?);
        if below == 0 || divisor == 0 {
            return None;
        }
        let sign = below.signum();
        Some(Self {
            above: sign * above / divisor,
            below: sign * below / divisor,
        })
    }

    /// Reads `1101`, `10.11` or `-3.5`: digits and one point, nothing else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, text) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
        let digits = format!("{whole}{decimals}");
        let is_plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
        if !is_plain || digits.len() > MOST_DIGITS {
            return None;
        }
        let above: i128 = digits.parse().ok()?;
        let below = 10_i128.checked_pow(u32::try_from(decimals.len()).ok()?)?;
        Self::fraction(if negative { -above } else { above }, below)
    }

    /// A value of the data, as it would be written.
    #[must_use]
    pub fn of(value: f64) -> Option<Self> {
        Self::parse(&format!("{value}"))
    }

    /// The product, if it is not too large.
    #[must_use]
    pub fn times(self, other: Self) -> Option<Self> {
        Self::fraction(
            self.above.checked_mul(other.above)?,
            self.below.checked_mul(other.below)?,
        )
    }

    /// The quotient; `None` for a division by nothing.
    #[must_use]
    pub fn over(self, other: Self) -> Option<Self> {
        Self::fraction(
            self.above.checked_mul(other.below)?,
            self.below.checked_mul(other.above)?,
        )
    }

    /// The sum, if it is not too large.
    #[must_use]
    pub fn plus(self, other: Self) -> Option<Self> {
        let left = self.above.checked_mul(other.below)?;
        let right = other.above.checked_mul(self.below)?;
        Self::fraction(
            left.checked_add(right)?,
            self.below.checked_mul(other.below)?,
        )
    }

    /// Without its sign.
    #[must_use]
    pub fn size(self) -> Self {
        Self {
            above: self.above.saturating_abs(),
            below: self.below,
        }
    }

    /// The whole number it is, if it is one.
    #[must_use]
    pub fn to_whole(self) -> Option<i128> {
        (self.below == 1).then_some(self.above)
    }

    /// The nearest that a chart can draw.
    #[must_use]
    pub fn to_f64(self) -> f64 {
        self.above as f64 / self.below as f64
    }

    /// Whether it is smaller.
    #[must_use]
    pub fn is_below(self, other: Self) -> bool {
        self.to_f64() < other.to_f64()
    }
}

fn common_divisor(mut a: i128, mut b: i128) -> i128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

impl fmt::Display for Number {
    /// `1,011,000,000`, `12.5`, `1/3`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut below = self.below;
        let mut places = 0_usize;
        for factor in [2, 5] {
            let mut count = 0;
            while below % factor == 0 {
                below /= factor;
                count += 1;
            }
            places = places.max(count);
        }
        let scale = u32::try_from(places)
            .ok()
            .and_then(|places| 10_i128.checked_pow(places))
            .and_then(|scale| scale.checked_mul(self.above.saturating_abs()));
        let (1, Some(scaled)) = (below, scale) else {
            return write!(f, "{}/{}", self.above, self.below);
        };
        let digits = (scaled / self.below).to_string();
        let digits = format!("{digits:0>width$}", width = places + 1);
        let (whole, decimals) = digits.split_at(digits.len() - places);
        if self.above < 0 {
            f.write_str("-")?;
        }
        for (at, digit) in whole.chars().enumerate() {
            if at > 0 && (whole.len() - at) % 3 == 0 {
                f.write_str(",")?;
            }
            write!(f, "{digit}")?;
        }
        if !decimals.is_empty() {
            write!(f, ".{decimals}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_rounded() {
        let hundred_million = Number::whole(100_000_000);
        let written = |text| Number::parse(text).unwrap();
        assert_eq!(
            written("10.11").times(hundred_million),
            written("1.011").times(Number::whole(1_000_000_000))
        );
        assert_eq!(written("12.50").to_string(), "12.5");
        assert_eq!(written("0.05").to_string(), "0.05");
        assert_eq!(written("-1011000").to_string(), "-1,011,000");
        assert_eq!(Number::fraction(2, 6).unwrap().to_string(), "1/3");
        assert_eq!(Number::parse("1.2.3"), None);
        assert_eq!(Number::parse("1234567890123456789"), None);
        assert_eq!(Number::of(1.8), Number::parse("1.8"));
    }
}
