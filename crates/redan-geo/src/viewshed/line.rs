//! One line of a sweep: the horizons of its posts from those of the line before. Plain loops over
//! slices of one length, which the compiler turns into vector instructions.

/// Horizon where there is no ground before a post.
pub(crate) const NOTHING: f32 = -1e16;

/// Posts of room beyond either end of a line, so that neighbours always exist.
pub(crate) const HALO: usize = 4;

/// Horizons and ground of one line, with [`HALO`] posts more at either end.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    /// Horizon before each post: its tangent times twice the sphere's radius, metres, so that times
    /// sin(θ/2) cos(θ/2) it is the height that the ray has gained on the sphere's fall.
    pub(crate) horizon: Vec<f32>,
    /// The same of its ground.
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

/// What is known of the posts of a line beforehand; all of one length.
pub(crate) struct Posts<'a> {
    /// Heights of the ground, which become the lowest visible heights.
    pub(crate) posts_m: &'a mut [f32],
    /// q without its bend.
    pub(crate) q: &'a [f32],
    /// Posts by which the ray shifts to the line before, −1 to 1.
    pub(crate) shift: &'a [f32],
}

/// Takes the posts from `first` on from the line before; `before` is `None` for the first line.
pub(crate) fn take(
    eye: Eye,
    first: usize,
    before: Option<&Line>,
    posts: &mut Posts<'_>,
    own: &mut Line,
) {
    let count = posts.posts_m.len();
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
pub(crate) fn larger(a: f32, b: f32) -> f32 {
    if a > b { a } else { b }
}

/// Horizon of each post: of the ray where it crosses the line before, or the ground there. On the first
/// part of a line rays shift forward, behind the observer back: each part has one neighbour only to
/// look at.
#[inline]
fn horizons(before: [&[f32]; 2], shift: &[f32], out: &mut [f32]) {
    let count = out.len();
    let turn = shift.partition_point(|shift| *shift > 0.0);
    let part = |from: usize, until: usize| before.map(|line| &line[from..until]);
    let (first, second) = out.split_at_mut(turn);
    let (up, down) = shift.split_at(turn);
    cross(part(1, turn + 1), part(2, turn + 2), up, 1.0, first);
    cross(part(turn + 1, count + 1), part(turn, count), down, -1.0, second);
}

#[inline]
fn cross(here: [&[f32]; 2], there: [&[f32]; 2], shift: &[f32], sign: f32, out: &mut [f32]) {
    let count = out.len();
    let ([h0, g0], [h1, g1]) = (here.map(|line| &line[..count]), there.map(|line| &line[..count]));
    let shift = &shift[..count];
    for index in 0..count {
        let part = larger(sign * shift[index], 0.0);
        let crossed = h0[index] + part * (h1[index] - h0[index]);
        let met = g0[index] + part * (g1[index] - g0[index]);
        out[index] = larger(crossed, met);
    }
}

/// Lowest visible height over each post, and the tangent of its ground.
#[inline]
fn heights(eye: Eye, horizon: &[f32], posts: &mut Posts<'_>, ground: &mut [f32]) {
    let count = ground.len();
    let (horizon, q_in) = (&horizon[..count], &posts.q[..count]);
    let posts_m = &mut posts.posts_m[..count];
    let per_radius = 1.0 / eye.radius_m;
    for index in 0..count {
        let q = q_in[index] * (1.0 + eye.bend * q_in[index]);
        let versine = q + q;
        let half_sine = (q - q * q).sqrt();
        // A void is the sea.
        let raw_m = posts_m[index];
        let h_m = if raw_m.is_nan() { 0.0 } else { raw_m };
        let rise_m = h_m * (1.0 - versine) - eye.height_m - eye.radius_m * versine;
        ground[index] = rise_m * (1.0 - h_m * per_radius) / larger(half_sine, 1e-12);
        let rise_m = eye.radius_m * versine + horizon[index] * half_sine;
        // 1 / (1 − x) as a series: x is the height over the radius, a thousandth at most.
        let x = rise_m * per_radius;
        let low_m = (eye.height_m + rise_m) * (1.0 + x * (1.0 + x));
        let seen_m = larger(low_m, h_m);
        posts_m[index] = if q > eye.most_q { f32::NAN } else { seen_m };
    }
}
