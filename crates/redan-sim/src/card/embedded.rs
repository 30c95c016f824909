//! The one place that lists the files built into the binary; a test compares it with the folder.

/// A file as a name and its text.
type File = (&'static str, &'static str);

macro_rules! data {
    ($path:literal) => {
        ($path, include_str!(concat!("../../../../data/", $path)))
    };
}

/// The list of sources.
pub(super) const SOURCES_FILE: File = data!("sources.toml");

/// Every card.
pub(super) const CARD_FILES: &[File] = &[
    data!("cards/air/a320.toml"),
    data!("cards/air/cruise-missile-ramjet.toml"),
    data!("cards/air/cruise-missile-subsonic.toml"),
    data!("cards/air/drone-one-way.toml"),
    data!("cards/air/e-3.toml"),
    data!("cards/air/f-16.toml"),
    data!("cards/air/f-35.toml"),
    data!("cards/air/stand-off-jammer.toml"),
    data!("cards/air/su-24.toml"),
    data!("cards/iff/evidence.toml"),
    data!("cards/iff/interrogator.toml"),
    data!("cards/nato/air-route-radar.toml"),
    data!("cards/nato/e-3a.toml"),
    data!("cards/nato/mpq-65.toml"),
    data!("cards/radar/1l119.toml"),
    data!("cards/radar/1l267.toml"),
    data!("cards/radar/48ya6-k1.toml"),
    data!("cards/radar/50n6a.toml"),
    data!("cards/radar/55zh6me.toml"),
    data!("cards/radar/59n6e.toml"),
    data!("cards/s-400/40n6e.toml"),
    data!("cards/s-400/48n6e3.toml"),
    data!("cards/s-400/55k6e.toml"),
    data!("cards/s-400/5p85te2.toml"),
    data!("cards/s-400/67n6e.toml"),
    data!("cards/s-400/91n6e.toml"),
    data!("cards/s-400/92n6e.toml"),
    data!("cards/s-400/96l6e.toml"),
    data!("cards/s-400/9m96e2.toml"),
    data!("cards/s-400/battalion.toml"),
    data!("cards/sam/5v28.toml"),
    data!("cards/sam/9m331.toml"),
    data!("cards/sam/9m38m1.toml"),
    data!("cards/sam/cruiser.toml"),
    data!("cards/sam/fire-far.toml"),
    data!("cards/sam/fire-near.toml"),
    data!("cards/sam/launcher.toml"),
    data!("cards/sam/pac-2.toml"),
    data!("cards/sam/patriot.toml"),
    data!("cards/sam/post.toml"),
    data!("cards/sam/s-200.toml"),
    data!("cards/sam/search-far.toml"),
    data!("cards/sam/search-near.toml"),
    data!("cards/sam/sm-2mr.toml"),
    data!("cards/sam/telar.toml"),
    data!("cards/sam/tor.toml"),
];
