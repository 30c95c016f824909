//! One line of a sweep: the horizons of its posts from those of the line before. Plain loops over
//! slices of one length, which the compiler turns into vector instructions.

/// Tangent of the horizon where there is no ground before a post.
pub(crate) const NOTHING: f32 = -1e9;

/// Posts of room beyond either end of a line, so that neighbours always exist.
pub(crate) const HALO: usize = 4;

/// Horizons and ground of one line, with [`HALO`] posts more at either end.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    /// Tangent of the horizon before each post.
    pub(crate) horizon: Vec<f32>,
    /// Tangent of the elevation of its ground.
    pub(crate) ground: Vec<f32>,
}

impl Line {
    pub(crate) fn new(posts: usize) -> Line {
        let length = posts + 2 * HALO;
        Line { horizon: vec![NOTHING; length], ground: vec![NOTHING; length] }
    }

    /// Carries the horizon of the outermost posts on beyond `first..last`, as far as the next line may
    /// ask.
    pub(crate) fn widen(&mut self, first: usize, last: usize) {
        let (first, last) = (first + HALO, last + HALO);
        for offset in 1..=HALO {
            self.horizon[first - offset] = self.horizon[first];
            self.ground[first - offset] = self.ground[first];
            self.horizon[last - 1 + offset] = self.horizon[last - 1];
            self.ground[last - 1 + offset] = self.ground[last - 1];
        }
    }
}

/// Radius of the effective sphere and height of the observer, metres; largest q asked for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Eye {
    pub(crate) radius_m: f32,
    pub(crate) height_m: f32,
    pub(crate) most_q: f32,
    pub(crate) bend: f32,
}

/// What is known of the posts of a line beforehand, and where their lowest visible heights go; all of
/// one length.
pub(crate) struct Posts<'a> {
    pub(crate) heights_m: &'a [f32],
    /// q without its bend.
    pub(crate) q: &'a [f32],
    /// Posts by which the ray shifts to the line before, −1 to 1.
    pub(crate) shift: &'a [f32],
    pub(crate) out_m: &'a mut [f32],
}

/// Takes the posts from `first` on from the line before; `before` is `None` for the first line.
pub(crate) fn take(
    eye: Eye,
    first: usize,
    before: Option<&Line>,
    posts: &mut Posts<'_>,
    own: &mut Line,
) {
    let count = posts.heights_m.len();
    let at = first + HALO;
    match before {
        Some(before) => horizons(
            [&before.horizon[at - 1..at + count + 1], &before.ground[at - 1..at + count + 1]],
            posts.shift,
            &mut own.horizon[at..at + count],
        ),
        None => own.horizon[at..at + count].fill(NOTHING),
    }
    heights(eye, &own.horizon[at..at + count], posts, &mut own.ground[at..at + count]);
}

/// The larger of two numbers that are numbers: the standard one also sorts out NaN, which costs three
/// instructions more where everything hangs on their number.
#[inline(always)]
fn larger(a: f32, b: f32) -> f32 {
    if a > b { a } else { b }
}

/// Horizon of each post: of the ray where it crosses the line before, or the ground there.
#[inline]
fn horizons(before: [&[f32]; 2], shift: &[f32], out: &mut [f32]) {
    let count = out.len();
    let [horizon, ground] = before.map(|line| &line[..count + 2]);
    let shift = &shift[..count];
    for index in 0..count {
        let up = larger(shift[index], 0.0);
        let down = larger(-shift[index], 0.0);
        let (h, g) = (horizon[index + 1], ground[index + 1]);
        let crossed = h + up * (horizon[index + 2] - h) + down * (horizon[index] - h);
        let met = g + up * (ground[index + 2] - g) + down * (ground[index] - g);
        out[index] = larger(crossed, met);
    }
}

/// Lowest visible height over each post, and the tangent of its ground.
#[inline]
fn heights(eye: Eye, horizon: &[f32], posts: &mut Posts<'_>, ground: &mut [f32]) {
    let count = ground.len();
    let (horizon, q_in) = (&horizon[..count], &posts.q[..count]);
    let (heights_m, out_m) = (&posts.heights_m[..count], &mut posts.out_m[..count]);
    let per_radius = 1.0 / eye.radius_m;
    for index in 0..count {
        let q = q_in[index] * (1.0 + eye.bend * q_in[index]);
        let versine = 2.0 * q;
        let sine = 2.0 * (q * (1.0 - q)).sqrt();
        // A void is the sea.
        let raw_m = heights_m[index];
        let h_m = if raw_m.is_nan() { 0.0 } else { raw_m };
        let rise_m = h_m * (1.0 - versine) - eye.height_m - eye.radius_m * versine;
        ground[index] = rise_m * (1.0 - h_m * per_radius) / (eye.radius_m * larger(sine, 1e-12));
        // 1 / (1 − x) as a series: x is the height over the radius, a thousandth at most.
        let x = versine + horizon[index] * sine;
        let low_m = (eye.height_m + eye.radius_m * x) * (1.0 + x * (1.0 + x));
        let seen_m = larger(low_m, h_m);
        out_m[index] = if q > eye.most_q { f32::NAN } else { seen_m };
    }
}
