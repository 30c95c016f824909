//! Lanes: what each hostile aircraft's flight looked like to the defence, over time, and why nothing
//! was done while nothing was done.

use std::fmt::Write;

use redan_geo::Time;
use redan_record::explain::{
    EngagementStory, MissileEnd, MissileStory, NetworkLine, Row, State, Timeline, answer, fold,
    timeline, words,
};
use redan_record::{AircraftId, Fate, Kind, Outcome, Side, Sight};

use super::escape::{count, esc};
use super::facts::Facts;
use super::symbols::{self, inline};

/// Lanes of a side at most; a page of hundreds would not be read.
const LANES: usize = 60;

/// Hostile aircraft whose explanation stands in full below their lane.
const EXPLAINED: usize = 40;

/// Intervals of a network's bar at most, before short ones are folded into their neighbours.
const INTERVALS: usize = 24;

/// Distances between the lines of the time axis, minutes.
const STEPS: [u32; 11] = [1, 2, 5, 10, 15, 30, 60, 120, 240, 480, 1440];

/// The section of the lanes.
pub(super) fn section(facts: &Facts<'_>) -> String {
    let hostile = facts.of_side(Side::Hostile);
    let mut others = facts.of_side(Side::Friendly);
    others.extend(facts.of_side(Side::Neutral));
    let mut text = "<section aria-labelledby=\"lanes-title\">\n\
         <h2 id=\"lanes-title\">What the defence made of each attacker</h2>\n"
        .to_owned();
    if hostile.is_empty() {
        text += "<p>No hostile aircraft took part.</p>\n";
    } else {
        text += &legend(facts);
        text += &lanes(facts, &hostile, EXPLAINED);
    }
    if !others.is_empty() {
        let number = count(others.len() as u64, "aircraft", "aircraft");
        let _ = writeln!(
            text,
            "<details class=\"others\"><summary>Friendly and neutral: {number}</summary>\n{}</details>",
            lanes(facts, &others, 0)
        );
    }
    text + "</section>\n"
}

/// Words for what lanes show; nothing of fire where nobody ordered any.
fn legend(facts: &Facts<'_>) -> String {
    let fired = facts.recording.events.iter().any(|e| e.what.kind() == Kind::Ordered);
    let mut items = String::new();
    for (class, words) in [
        ("view", "in clear view of a radar"),
        ("view weak", "in view, weakly"),
        ("net unseen", "hidden from the network"),
        ("net undetected", "in view, not yet detected"),
        ("net tentative", "detected, no firm track"),
        ("net held", "tracked"),
        ("net withheld", "tracked, not engaged"),
        ("net engaged", "engaged"),
        ("fire acquiring", "ordered"),
        ("fire ready", "radar has it"),
        ("fire flight", "missile in flight"),
    ] {
        if !fired && (class.starts_with("fire") || class == "net engaged") {
            continue;
        }
        let _ = writeln!(items, "<li><span class=\"key {class}\"></span>{words}</li>");
    }
    let ends =
        [("m-kill", "kill", "hit"), ("m-miss", "ink", "no hit"), ("m-abort", "ink", "given up")];
    for (sign, class, words) in ends.into_iter().filter(|_| !facts.shots.is_empty()) {
        let _ = writeln!(items, "<li>{}{words}</li>", inline(sign, class));
    }
    format!(
        "<ul class=\"legend lane-legend\">\n{items}</ul>\n<p class=\"hint\">Every stretch says why \
         when the pointer rests on it; the full explanation opens under each lane.</p>\n"
    )
}

fn lanes(facts: &Facts<'_>, aircraft: &[usize], explained: usize) -> String {
    let step = axis_step(facts.until());
    let share = f64::from(step) * 60.0 / facts.until().as_secs() * 100.0;
    let mut text =
        format!("<div class=\"lanes\" style=\"--step:{share:.4}%\">\n{}<ol>\n", axis(facts, step));
    for (place, index) in aircraft.iter().take(LANES).enumerate() {
        text += &lane(facts, *index, place < explained);
    }
    text += "</ol>\n";
    if aircraft.len() > LANES {
        let more = aircraft.len() - LANES;
        let _ = writeln!(
            text,
            "<p>{more} more are in the recording; see <code>redan trace</code>.</p>"
        );
    }
    text + "</div>\n"
}

fn axis_step(until: Time) -> u32 {
    let minutes = until.as_secs() / 60.0;
    STEPS.into_iter().find(|step| minutes / f64::from(*step) <= 9.0).unwrap_or(1440)
}

fn axis(facts: &Facts<'_>, step: u32) -> String {
    let mut ticks = String::new();
    let minutes = facts.until().as_secs() / 60.0;
    let last = (minutes / f64::from(step)).floor() as u32;
    for tick in 0..=last {
        let at = f64::from(tick * step);
        // The last word must not run beyond the edge.
        if at <= minutes * 0.97 || tick == 0 {
            let left = at / minutes * 100.0;
            let _ = write!(ticks, "<span style=\"left:{left:.3}%\">{:02}:00</span>", tick * step);
        }
    }
    format!(
        "<div class=\"axis\" aria-hidden=\"true\"><span></span><div class=\"ticks\">{ticks}</div></div>\n"
    )
}

fn lane(facts: &Facts<'_>, index: usize, explained: bool) -> String {
    let roster = &facts.recording.roster;
    let id = AircraftId(index as u32);
    let entry = &roster.aircraft[index];
    let line = timeline(facts.recording, id);
    let fate = words::fate(roster, &line.fate);
    let class = match line.fate {
        Fate::Destroyed { .. } => "kill",
        _ => entry.side.word(),
    };
    let why = if explained {
        format!(
            "<details class=\"why\"><summary>Why? <span class=\"sr\">{}</span></summary>\
             <pre tabindex=\"0\">{}</pre></details>",
            esc(&entry.name),
            esc(&answer(facts.recording, id))
        )
    } else {
        String::new()
    };
    format!(
        "<li class=\"lane\" data-a=\"{index}\"><div class=\"who\">{}<b>{}</b> <span>{}</span></div>\n\
         <div class=\"plot\" role=\"img\" aria-label=\"{}\">{}</div>\n\
         <div class=\"fate {class}\">{}<span>{}</span></div>{why}</li>\n",
        inline(symbols::side(entry.side), entry.side.word()),
        esc(&entry.name),
        esc(&entry.type_name),
        esc(&format!("{}: {}", entry.name, in_words(&line, &fate))),
        bars(facts, &line),
        inline(symbols::fate(line.fate), class),
        esc(&fate_word(line.fate)),
    )
}

fn fate_word(fate: Fate) -> String {
    let word = match fate {
        Fate::Leaked { .. } => "got through",
        other => other.word(),
    };
    match fate.at() {
        Some(at) => format!("{word} {}", words::time(at)),
        None => word.to_owned(),
    }
}

/// The lane as a sentence, for those who cannot see it.
fn in_words(line: &Timeline, fate: &str) -> String {
    let seen = match line.first_detection() {
        Some((_, note)) => format!("first detected {}", words::time(note.at)),
        None => "never detected".to_owned(),
    };
    let orders = count(line.engagements.len() as u64, "engagement", "engagements");
    let rounds: usize = line.engagements.iter().map(|story| story.missiles.len()).sum();
    format!("{seen}, {orders}, {}, {fate}", count(rounds as u64, "round", "rounds"))
}

fn bars(facts: &Facts<'_>, line: &Timeline) -> String {
    let scale = Scale { whole_s: facts.until().as_secs() };
    let flew = scale.span("flew", line.from, line.until, "");
    let mut text = format!("<div class=\"row views\">{flew}{}</div>", views(line, scale));
    let told = line.networks.iter().filter(|network| tells(network));
    for network in told {
        let _ = write!(text, "<div class=\"row nets\">{}</div>", states(facts, network, scale));
    }
    if !line.engagements.is_empty() {
        let fire: String =
            line.engagements.iter().map(|story| engagement(facts, story, scale)).collect();
        let _ = write!(text, "<div class=\"row fires\">{fire}</div>");
    }
    text
}

fn tells(line: &NetworkLine) -> bool {
    line.rows.iter().any(|row| row.what != State::Unexamined)
}

/// When any radar had it in view: clear where one did clearly, else weak.
fn views(line: &Timeline, scale: Scale) -> String {
    let rows = || line.radars.iter().flat_map(|radar| &radar.rows);
    let spans = |clear: bool| {
        rows()
            .filter(move |row| match row.what.sight {
                Sight::Clear => clear,
                sight => !clear && sight.is_in_view(),
            })
            .map(|row| (row.from, row.until))
    };
    let weak = merged(spans(false).collect());
    let clear = merged(spans(true).collect());
    let draw = |class: &str, title: &str, spans: Vec<(Time, Time)>| -> String {
        spans.iter().map(|(from, until)| scale.span(class, *from, *until, title)).collect()
    };
    draw("view weak", "in view of a radar, but too weak to rely on", weak)
        + &draw("view", "in clear view of a radar", clear)
}

/// Intervals that meet or overlap become one.
fn merged(mut spans: Vec<(Time, Time)>) -> Vec<(Time, Time)> {
    spans.sort();
    let mut kept: Vec<(Time, Time)> = Vec::new();
    for (from, until) in spans {
        match kept.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(until),
            _ => kept.push((from, until)),
        }
    }
    kept
}

fn states(facts: &Facts<'_>, line: &NetworkLine, scale: Scale) -> String {
    let roster = &facts.recording.roster;
    let many = roster.networks.len() > 1;
    let mut text = String::new();
    for Row { from, until, what, .. } in fold(line.rows.clone(), INTERVALS) {
        let class = match what {
            State::Unexamined => continue,
            State::Unseen { .. } => "net unseen",
            State::Undetected { .. } => "net undetected",
            State::Untracked { .. } | State::Tentative { .. } => "net tentative",
            State::Held { .. } => "net held",
            State::Withheld { .. } => "net withheld",
            State::Engaged { .. } => "net engaged",
        };
        let name = match many {
            true => format!("{}: ", roster.network_name(line.network)),
            false => String::new(),
        };
        text += &scale.span(class, from, until, &(name + &words::state(roster, &what)));
    }
    text
}

fn engagement(facts: &Facts<'_>, story: &EngagementStory, scale: Scale) -> String {
    let title = words::engagement(&facts.recording.roster, story);
    let end = story.ended.map_or_else(|| facts.until(), |(at, _)| at);
    let first_launch = story.missiles.first().map_or(end, |missile| missile.launched);
    let acquired = story.acquired.unwrap_or(first_launch).min(first_launch);
    let mut text = scale.span("fire acquiring", story.ordered, acquired, &title)
        + &scale.span("fire ready", acquired, first_launch, &title);
    for missile in &story.missiles {
        let until = missile.end.map_or_else(|| facts.until(), |(at, _)| at);
        text += &scale.span("fire flight", missile.launched, until, &title);
    }
    let mut ends: Vec<(u8, Time, &str, &str)> =
        story.missiles.iter().filter_map(end_mark).collect();
    // Hits are drawn last, on top of what lies at the same place.
    ends.sort_by_key(|(rank, at, ..)| (*rank, *at));
    for (_, at, sign, class) in ends {
        let left = scale.percent(at);
        let mark = inline(sign, class);
        let _ = write!(text, "<span class=\"end\" style=\"left:{left:.2}%\">{mark}</span>");
    }
    text
}

/// Rank, time, sign and class of the end of a missile.
fn end_mark(missile: &MissileStory) -> Option<(u8, Time, &'static str, &'static str)> {
    let (at, how) = missile.end?;
    Some(match how {
        MissileEnd::Aborted { .. } => (0, at, "m-abort", "ink"),
        MissileEnd::Resolved { outcome: Outcome::Kill, .. } => (2, at, "m-kill", "kill"),
        MissileEnd::Resolved { .. } => (1, at, "m-miss", "ink"),
    })
}

/// The time axis of the lanes.
#[derive(Clone, Copy)]
struct Scale {
    whole_s: f64,
}

impl Scale {
    fn percent(self, at: Time) -> f64 {
        (at.as_secs() / self.whole_s * 100.0).clamp(0.0, 100.0)
    }

    fn span(self, class: &str, from: Time, until: Time, title: &str) -> String {
        let (left, right) = (self.percent(from), self.percent(until));
        if right <= left {
            return String::new();
        }
        let title = match title {
            "" => String::new(),
            words => {
                let (from, until) = (words::time(from), words::time(until));
                format!(" title=\"{from}–{until} {}\"", esc(words))
            }
        };
        format!(
            "<span class=\"{class}\" style=\"left:{left:.2}%;width:{:.2}%\"{title}></span>",
            right - left
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlapping_views_are_one() {
        let t = Time::from_nanos;
        let spans = vec![(t(5), t(9)), (t(0), t(2)), (t(8), t(12)), (t(2), t(3)), (t(20), t(21))];
        assert_eq!(merged(spans), [(t(0), t(3)), (t(5), t(12)), (t(20), t(21))]);
    }

    #[test]
    fn the_axis_has_as_many_lines_as_can_be_read() {
        assert_eq!(axis_step(Time::from_secs(2_400.0)), 5);
        assert_eq!(axis_step(Time::from_secs(60.0)), 1);
        assert_eq!(axis_step(Time::from_secs(86_400.0)), 240);
    }
}
