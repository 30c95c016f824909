//! Units of card files and their conversion to SI and radians.
//!
//! A card is written in the units that its sources print; inside, everything is SI and radians
//! (ARCHITECTURE, invariant 6). The table below is closed: a unit that is not in it is reported
//! when the card is read, never guessed. `g` is the standard acceleration of gravity
//! (9.80665 m/s², CGPM 1901), because cards use it for load factors; masses are in `kg`.

/// What the values of a parameter are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// A number with a unit, or a dimensionless one.
    Number,
    /// Free text, such as a frequency band or a way of guidance.
    Text,
    /// `yes` or `no`.
    YesNo,
}

/// A unit in which a card may state a parameter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Unit {
    /// How cards and reports write it, for example `km/h`.
    pub symbol: &'static str,
    /// The unit after conversion, for example `m/s`.
    pub si_symbol: &'static str,
    /// What the values are.
    pub quantity: Quantity,
    /// One of this unit in SI units.
    si_ratio: f64,
}

impl Unit {
    /// The unit with this symbol, or `None` where cards do not know it.
    ///
    /// ```
    /// use redan_sim::card::Unit;
    /// assert_eq!(Unit::parse("km/h").unwrap().si_symbol, "m/s");
    /// assert!(Unit::parse("furlong").is_none());
    /// ```
    pub fn parse(symbol: &str) -> Option<&'static Unit> {
        UNITS.iter().find(|unit| unit.symbol == symbol)
    }

    /// Every unit that a card may use, in the order in which documentation lists them.
    pub fn all() -> &'static [Unit] {
        UNITS
    }

    /// A value in this unit, converted to SI or radians.
    pub fn to_si(&self, value: f64) -> f64 {
        value * self.si_ratio
    }

    /// A value in SI or radians, converted to this unit.
    pub fn from_si(&self, value_si: f64) -> f64 {
        value_si / self.si_ratio
    }

    /// Whether the values are numbers.
    pub fn is_number(&self) -> bool {
        self.quantity == Quantity::Number
    }
}

const fn number(symbol: &'static str, si_symbol: &'static str, si_ratio: f64) -> Unit {
    Unit { symbol, si_symbol, quantity: Quantity::Number, si_ratio }
}

const RADIANS_PER_DEGREE: f64 = core::f64::consts::PI / 180.0;

const UNITS: &[Unit] = &[
    number("m", "m", 1.0),
    number("km", "m", 1_000.0),
    number("ft", "m", 0.3048),
    number("NM", "m", 1_852.0),
    number("m2", "m2", 1.0),
    number("km2", "m2", 1_000_000.0),
    number("rad", "rad", 1.0),
    number("mrad", "rad", 0.001),
    number("deg", "rad", RADIANS_PER_DEGREE),
    number("arcmin", "rad", RADIANS_PER_DEGREE / 60.0),
    number("deg/s", "rad/s", RADIANS_PER_DEGREE),
    number("ms", "s", 0.001),
    number("s", "s", 1.0),
    number("min", "s", 60.0),
    number("h", "s", 3_600.0),
    number("m/s", "m/s", 1.0),
    number("km/h", "m/s", 1.0 / 3.6),
    number("kt", "m/s", 1_852.0 / 3_600.0),
    number("m/s2", "m/s2", 1.0),
    number("g", "m/s2", 9.80665),
    number("Hz", "Hz", 1.0),
    number("MHz", "Hz", 1.0e6),
    number("GHz", "Hz", 1.0e9),
    number("kg", "kg", 1.0),
    number("W", "W", 1.0),
    number("kW", "W", 1.0e3),
    number("MW", "W", 1.0e6),
    number("W/MHz", "W/Hz", 1.0e-6),
    number("K", "K", 1.0),
    number("mm/h", "mm/h", 1.0),
    number("dB", "dB", 1.0),
    number("%", "-", 0.01),
    number("-", "-", 1.0),
    number("count", "count", 1.0),
    number("year", "year", 1.0),
    number("USD", "USD", 1.0),
    number("million USD", "USD", 1.0e6),
    number("billion USD", "USD", 1.0e9),
    Unit { symbol: "text", si_symbol: "text", quantity: Quantity::Text, si_ratio: 1.0 },
    Unit { symbol: "yes/no", si_symbol: "yes/no", quantity: Quantity::YesNo, si_ratio: 1.0 },
];

#[cfg(test)]
mod tests {
    use super::*;

    fn si(symbol: &str, value: f64) -> f64 {
        Unit::parse(symbol).expect("a unit of the table").to_si(value)
    }

    #[test]
    fn printed_units_become_si() {
        let cases = [
            ("km", 390.0, 390_000.0),
            ("km/h", 880.0, 244.444_444_444),
            ("arcmin", 30.0, 0.008_726_646_26),
            ("deg", 360.0, core::f64::consts::TAU),
            ("min", 5.0, 300.0),
            ("GHz", 2.9, 2.9e9),
            ("mrad", 0.5, 0.0005),
            ("kt", 3_600.0, 1_852.0),
            ("g", 9.0, 88.259_85),
            ("%", 97.0, 0.97),
            ("billion USD", 2.5, 2.5e9),
        ];
        for (symbol, value, expected) in cases {
            let converted = si(symbol, value);
            assert!(
                (converted - expected).abs() <= 1e-9 * expected.abs(),
                "{value} {symbol} became {converted}"
            );
        }
    }

    #[test]
    fn conversion_and_its_inverse_agree() {
        for unit in Unit::all().iter().filter(|unit| unit.is_number()) {
            let back = unit.from_si(unit.to_si(7.5));
            assert!((back - 7.5).abs() < 1e-12, "{} gave {back}", unit.symbol);
        }
    }

    #[test]
    fn every_symbol_is_written_once() {
        for (index, unit) in UNITS.iter().enumerate() {
            assert!(UNITS[..index].iter().all(|other| other.symbol != unit.symbol));
        }
    }
}
