//! What can be wrong with the input of this crate.

/// An input that cannot be used, with what the caller can do about it.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum GeoError {
    /// The number of heights differs from rows times columns.
    #[error(
        "the grid has {found} heights, but {rows} rows of {columns} columns need {needed}\n  hint: give one height for each post, row by row from the south, and NaN for a void"
    )]
    HeightCount {
        /// Rows asked for.
        rows: usize,
        /// Columns asked for.
        columns: usize,
        /// Heights needed, rows times columns.
        needed: usize,
        /// Heights given.
        found: usize,
    },
    /// Fewer than two rows or two columns: there is no cell to interpolate in.
    #[error(
        "a grid of {rows} rows and {columns} columns has no cell\n  hint: at least two rows and two columns of posts are needed"
    )]
    TooFewPosts {
        /// Rows asked for.
        rows: usize,
        /// Columns asked for.
        columns: usize,
    },
    /// A corner or a step of the grid is not finite, not positive or leaves the globe.
    #[error(
        "the {field} of the grid is {value_rad} rad: {problem}\n  hint: corners and steps are radians, steps are positive; convert from degrees first"
    )]
    GridGeometry {
        /// Field of the grid's geometry.
        field: &'static str,
        /// Value given, radians.
        value_rad: f64,
        /// What is wrong with it.
        problem: &'static str,
    },
    /// A height is infinite, or farther from sea level than any relief of the Earth.
    #[error(
        "post {index} of the grid has a height of {height_m} m\n  hint: heights are metres from -12000 to 12000, and NaN marks a void; check the unit and the void value of the source"
    )]
    Height {
        /// Index of the post, row by row from the south-west corner.
        index: usize,
        /// Height given.
        height_m: f32,
    },
    /// The refractivity gradient bends rays as much as the Earth or more: there is no effective Earth.
    #[error(
        "a refractive-index gradient of {gradient_per_m} per metre leaves no effective Earth\n  hint: the gradient must be finite and above -1.5e-7 per metre (-150 N-units per km); stronger ones are ducts, which this model leaves out"
    )]
    Ducting {
        /// Gradient of the refractive index given.
        gradient_per_m: f64,
    },
    /// The surface refractivity is outside the range of the exponential atmosphere.
    #[error(
        "a surface refractivity of {surface_n_units} N-units is outside the exponential reference atmosphere\n  hint: use 200 to 450 N-units; 313 is the mean of the United States and 315 the global mean of ITU-R P.453"
    )]
    SurfaceRefractivity {
        /// Refractivity given, N-units.
        surface_n_units: f64,
    },
}
