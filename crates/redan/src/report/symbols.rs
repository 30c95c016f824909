//! Signs of the map and the lanes, drawn once and used by name. Sides differ by shape as well as by
//! colour, after the frames of APP-6: hostile a diamond, friendly round, neutral a square.

use redan_record::{Fate, Side};

/// All signs, in a drawing of no size at the head of the page. Each is about 12 units wide around zero.
pub(super) const DEFINITIONS: &str = r##"<svg width="0" height="0" class="defs" aria-hidden="true" focusable="false"><defs>
<path id="g-hostile" d="M0-6.4 6.4 0 0 6.4-6.4 0Z" fill="currentColor"/>
<circle id="g-friendly" r="5.2" fill="currentColor"/>
<rect id="g-neutral" x="-4.8" y="-4.8" width="9.6" height="9.6" fill="currentColor"/>
<path id="m-kill" d="M-5-5 5 5M-5 5 5-5" fill="none" stroke="currentColor" stroke-width="2.6"/>
<path id="m-leak" d="M0-6.5 6 4.8H-6Z" fill="currentColor"/>
<path id="m-left" d="M-2.2-5.5V5.5M2.2-5.5V5.5" fill="none" stroke="currentColor" stroke-width="1.8"/>
<path id="m-flying" d="M-4-5 4 0-4 5" fill="none" stroke="currentColor" stroke-width="2"/>
<circle id="m-seen" r="3.8" class="paper" stroke="currentColor" stroke-width="2"/>
<circle id="m-miss" r="3.4" class="paper" stroke="currentColor" stroke-width="1.8"/>
<path id="m-abort" d="M-4.5 0H4.5" fill="none" stroke="currentColor" stroke-width="2.4"/>
<g id="s-battery"><rect x="-9" y="-7" width="18" height="14" rx="2.5" fill="currentColor"/><path d="M-5.5 3.6A5.5 5.5 0 0 1 5.5 3.6M0 3.6V-1" class="on-sign" fill="none" stroke-width="1.7"/></g>
<g id="s-radar"><circle r="7" fill="currentColor"/><path d="M-3.6 2.6A5 5 0 0 1 2.6-3.6M-3.6 2.6 2.6-3.6M-.5-.5 3 3" class="on-sign" fill="none" stroke-width="1.5"/></g>
<g id="s-launcher"><rect x="-5.5" y="-5.5" width="11" height="11" rx="1.5" fill="currentColor"/><path d="M0 3.5V-3M-2.4-.6 0-3 2.4-.6" class="on-sign" fill="none" stroke-width="1.5"/></g>
<path id="s-asset-about" d="M0-17 14-8.5V11H-14V-8.5Z" fill="none" stroke="currentColor" stroke-width="2.2" stroke-linejoin="round"/>
<path id="s-asset" d="M0-7.5 7-1.8V6.5H-7V-1.8Z" fill="currentColor"/>
</defs></svg>
"##;

/// Name of the sign of a side.
pub(super) fn side(side: Side) -> &'static str {
    match side {
        Side::Hostile => "g-hostile",
        Side::Friendly => "g-friendly",
        Side::Neutral => "g-neutral",
    }
}

/// Name of the sign of what became of an aircraft.
pub(super) fn fate(fate: Fate) -> &'static str {
    match fate {
        Fate::Destroyed { .. } => "m-kill",
        Fate::Leaked { .. } => "m-leak",
        Fate::Left { .. } => "m-left",
        Fate::Flying | Fate::NeverAppeared => "m-flying",
    }
}

/// A sign within a line of text, in the colour of `class`.
pub(super) fn inline(sign: &str, class: &str) -> String {
    format!(
        "<svg class=\"sign {class}\" viewBox=\"-9 -9 18 18\" aria-hidden=\"true\" \
         focusable=\"false\"><use href=\"#{sign}\"/></svg>"
    )
}
