//! Colours of sides and identities, the same in every format that has colours.

use redan_record::Side;
use redan_track::Identity;

use crate::scene::Standing;

/// Red, green, blue, 0 to 255.
pub(crate) type Rgb = [u8; 3];

/// Light fills as MIL-STD-2525 has them, with orange for suspect:
/// red hostile, blue friend, green neutral, yellow pending or unknown. Our choice of shades.
pub(crate) fn of(standing: Standing) -> Rgb {
    match standing {
        Standing::True(Side::Hostile) | Standing::Judged(Identity::Hostile) => [255, 128, 128],
        Standing::Judged(Identity::Suspect) => [255, 188, 1],
        Standing::True(Side::Neutral) | Standing::Judged(Identity::Neutral) => [170, 255, 170],
        Standing::True(Side::Friendly)
        | Standing::Judged(Identity::Friend | Identity::AssumedFriend) => [128, 224, 255],
        Standing::Judged(Identity::Pending | Identity::Unknown) => [255, 255, 128],
    }
}

/// Colour of a stage of coverage: the nearer to the shot, the warmer. Our choice.
pub(crate) fn of_stage(stage: &str) -> Rgb {
    match stage {
        "engagement" => [255, 140, 60],
        "tracking" => [240, 220, 90],
        _ => [110, 190, 255],
    }
}
