//! What a person reads on the terminal after a run.

use std::fmt::Write as _;
use std::path::Path;

use redan_geo::Time;
use redan_record::explain::{self, EngagementStory, MissileEnd, words};
use redan_record::summary::PictureSummary;
use redan_record::{
    AbortReason, AircraftId, AircraftMeasures, Fate, Measures, RadarId, Recording, Roster, Side,
    Summary, What,
};

use crate::clock::Elapsed;

/// What stands around the story and is not in the recording.
pub(crate) struct Head<'a> {
    /// Where the recording lies.
    pub(crate) out: &'a Path,
    /// Time that the battle took.
    pub(crate) taken: &'a Elapsed,
    /// Relief that was used.
    pub(crate) terrain: &'a str,
}

/// The story of a run: verdict, figures, flights, time line, where to read on.
pub(crate) fn story(recording: &Recording, summary: &Summary, head: &Head<'_>) -> String {
    let measures = Measures::of(recording);
    let mut text = String::new();
    let variant = match summary.variant.as_str() {
        "" => String::new(),
        name => format!(", variant {name}"),
    };
    let _ = writeln!(text, "{}", summary.scenario);
    let _ = writeln!(text, "  seed {}{variant}; {}", summary.seed, head.terrain);
    let _ = writeln!(text);
    figures(&mut text, recording, summary, &measures);
    let _ = writeln!(text, "\n{}", flights(recording, &measures));
    let _ = writeln!(text, "{}", timeline(recording));
    footer(&mut text, recording, summary, head);
    text
}

fn figures(text: &mut String, recording: &Recording, summary: &Summary, measures: &Measures) {
    let unseen = hostile(measures).filter(|a| a.first_detection.is_none()).count();
    let ended = |fate: fn(&Fate) -> bool| hostile(measures).filter(|a| fate(&a.fate())).count();
    let destroyed = ended(|fate| matches!(fate, Fate::Destroyed { .. }));
    let leaked = ended(|fate| matches!(fate, Fate::Leaked { .. }));
    let _ = writeln!(
        text,
        "  Hostile          {} sent: {destroyed} destroyed, {leaked} got through, {} turned away or still \
         flying; {unseen} never detected",
        summary.hostile,
        summary.hostile as usize - destroyed - leaked,
    );
    let others = summary.engaged.friendly + summary.engaged.neutral;
    let hit = summary.kills.friendly + summary.kills.neutral;
    let _ = writeln!(text, "  Friends, civil   {others} fired at, {hit} destroyed");
    let kinds: Vec<String> =
        summary.rounds_by_type.iter().map(|(name, count)| format!("{count} × {name}")).collect();
    let kinds = if kinds.is_empty() { String::new() } else { format!(": {}", kinds.join(", ")) };
    let _ = writeln!(text, "  Rounds fired     {}{kinds}", summary.rounds_fired);
    if let Some(first) = &summary.first_detection {
        let _ = writeln!(
            text,
            "  First detection  {}  {} by {} at {:.0} km",
            clock(first.time_s),
            first.aircraft,
            first.radar,
            first.range_km
        );
    }
    let firsts = [
        ("First track     ", &summary.first_confirmed),
        ("First launch    ", &summary.first_launch),
        ("First kill      ", &summary.first_kill),
        ("First leak      ", &summary.first_leak),
    ];
    for (label, first) in firsts {
        if let Some(first) = first {
            let _ = writeln!(text, "  {label} {}  {}", clock(first.time_s), first.aircraft);
        }
    }
    let _ = writeln!(
        text,
        "  Sensing          {} looks, {} plots ({} false), {} tracks in the picture of {}",
        summary.looks,
        summary.plots,
        summary.false_plots,
        summary.tracks_confirmed,
        recording.roster.networks.iter().map(|n| n.name.as_str()).collect::<Vec<_>>().join(", ")
    );
    for picture in &summary.pictures {
        let _ = writeln!(text, "  Picture          {}", picture_words(picture));
    }
}

/// How good a network's picture was, in one line.
fn picture_words(picture: &PictureSummary) -> String {
    let quality = &picture.quality;
    let Some(complete) = quality.completeness_ratio else {
        return format!("{}: nothing was in the air", picture.network);
    };
    let mut words =
        format!("{}: {:.0} % of the time in the air tracked", picture.network, complete * 100.0);
    if let Some(in_view) = quality.in_view_completeness_ratio {
        let _ = write!(words, ", {:.0} % of that in view", in_view * 100.0);
    }
    if let (Some(spurious), Some(error_m), Some(error_m_s)) =
        (quality.spuriousness_ratio, quality.position_error_m, quality.velocity_error_m_s)
    {
        let _ = write!(
            words,
            "; {:.1} % of tracks spurious; {error_m:.0} m and {error_m_s:.0} m/s off",
            spurious * 100.0
        );
    }
    words
}

fn hostile(measures: &Measures) -> impl Iterator<Item = &AircraftMeasures> {
    measures.aircraft.iter().filter(|a| a.side == Side::Hostile && a.appeared.is_some())
}

/// One line for each aircraft: when it was first seen, tracked, fired at, and what became of it.
pub(crate) fn flights(recording: &Recording, measures: &Measures) -> String {
    let mut rows = vec![[
        "Aircraft".to_string(),
        "Side".to_string(),
        "Type".to_string(),
        "Seen".to_string(),
        "at km".to_string(),
        "Tracked".to_string(),
        "Judged".to_string(),
        "Fired at".to_string(),
        "Rounds".to_string(),
        "Outcome".to_string(),
    ]];
    for (entry, noted) in recording.roster.aircraft.iter().zip(&measures.aircraft) {
        let seen = noted.first_detection;
        rows.push([
            entry.name.clone(),
            entry.side.word().to_string(),
            entry.type_name.clone(),
            time(seen.map(|seen| seen.at)),
            seen.map_or("-".to_string(), |seen| format!("{:.0}", seen.range_m / 1000.0)),
            time(noted.first_confirmed),
            noted.last_identity.map_or("-".to_string(), |identity| identity.word().to_string()),
            time(noted.first_launched),
            if noted.rounds_at == 0 { "-".to_string() } else { noted.rounds_at.to_string() },
            outcome(noted.fate()),
        ]);
    }
    columns(&rows)
}

/// The same list, for `redan trace` without a name.
pub(crate) fn flight_list(recording: &Recording) -> String {
    flights(recording, &Measures::of(recording))
}

fn outcome(fate: Fate) -> String {
    match fate.at() {
        Some(at) => format!("{} {at}", fate.word()),
        None => fate.word().to_string(),
    }
}

fn time(at: Option<Time>) -> String {
    at.map_or("-".to_string(), |at| at.to_string())
}

fn clock(time_s: f64) -> String {
    Time::from_secs(time_s).to_string()
}

/// Columns as wide as their widest cell, numbers to the right.
fn columns<const N: usize>(rows: &[[String; N]]) -> String {
    let widths: Vec<usize> = (0..N)
        .map(|column| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0))
        .collect();
    let mut text = String::new();
    for row in rows {
        let cells: Vec<String> = row
            .iter()
            .zip(&widths)
            .enumerate()
            .map(|(column, (cell, &width))| {
                let numeric = matches!(column, 3..=5 | 7 | 8);
                if numeric { format!("{cell:>width$}") } else { format!("{cell:<width$}") }
            })
            .collect();
        let _ = writeln!(text, "  {}", cells.join("  ").trim_end());
    }
    text
}

/// Salvos, what came of them, and leaks, in the order in which they happened.
fn timeline(recording: &Recording) -> String {
    let mut lines: Vec<(Time, String)> = Vec::new();
    for story in explain::all_engagements(recording) {
        lines.extend(salvo_lines(&recording.roster, &story));
    }
    for event in &recording.events {
        if let What::Leaked { aircraft, asset } = event.what {
            let name = recording.roster.aircraft_name(aircraft);
            let reached = &recording.roster.assets[asset.index()].name;
            lines.push((event.at, format!("{name} reached {reached}")));
        }
    }
    lines.sort_by_key(|line| line.0);
    let mut text = String::from("  Time line\n");
    for (at, line) in lines {
        let _ = writeln!(text, "  {:>7}  {line}", at.to_string());
    }
    text
}

/// A line for the launch of a salvo, and one for what came of it.
fn salvo_lines(roster: &Roster, story: &EngagementStory) -> Vec<(Time, String)> {
    let target = target(story).map_or("a false track", |aircraft| roster.aircraft_name(aircraft));
    let number = story.engagement.0;
    let Some(first) = story.missiles.first() else {
        let Some((at, end)) = story.ended else { return Vec::new() };
        let radar = roster.radars.iter().position(|radar| radar.unit == Some(story.unit.0));
        let radar = radar.map(|index| RadarId(index as u32));
        let why = words::engagement_end(roster, radar, &end);
        return vec![(at, format!("engagement {number} of {target} came to no launch: {why}"))];
    };
    let launch = format!(
        "{} × {} launched at {target}, to meet it at {}",
        story.missiles.len(),
        roster.interceptor_name(story.interceptor),
        words::distance(story.intercept_range_m)
    );
    let mut lines = vec![(first.launched, launch)];
    if let Some(at) = decided(story) {
        lines.push((at, format!("{target}: {}", salvo_outcome(roster, story))));
    }
    lines
}

/// When a salvo was decided: at its kill, else at the end of its last missile.
fn decided(story: &EngagementStory) -> Option<Time> {
    let ends = || story.missiles.iter().filter_map(|missile| missile.end);
    let is_kill = |end: &MissileEnd| {
        matches!(end, MissileEnd::Resolved { outcome: redan_record::Outcome::Kill, .. })
    };
    let kill = ends().find(|(_, end)| is_kill(end)).map(|(at, _)| at);
    kill.or_else(|| ends().map(|(at, _)| at).max())
}

/// Whom a salvo is about: the aircraft that its track followed at the first launch, or at the order
/// where there was none.
fn target(story: &EngagementStory) -> Option<AircraftId> {
    story.missiles.first().map_or(story.target, |missile| missile.target)
}

/// `miss, kill`; what happened to several rounds alike stands once, with their number.
fn salvo_outcome(roster: &Roster, story: &EngagementStory) -> String {
    let mut ends: Vec<(String, u32)> = Vec::new();
    for (_, end) in story.missiles.iter().filter_map(|missile| missile.end) {
        let words = missile_end(roster, story, &end);
        match ends.last_mut() {
            Some((last, count)) if *last == words => *count += 1,
            _ => ends.push((words, 1)),
        }
    }
    let told = ends.into_iter().map(|(words, count)| match count {
        1 => words,
        _ => format!("{count} × {words}"),
    });
    told.collect::<Vec<_>>().join(", ")
}

/// What became of a missile. A track can pass from one aircraft to another that flies close by, so that
/// a missile meets somebody else than the one whom the order was about; then that one is named.
fn missile_end(roster: &Roster, story: &EngagementStory, end: &MissileEnd) -> String {
    match end {
        MissileEnd::Resolved { outcome, aircraft, .. } => match aircraft {
            Some(met) if target(story) != Some(*met) => {
                format!("{} ({})", words::outcome(*outcome), roster.aircraft_name(*met))
            }
            _ => words::outcome(*outcome).to_string(),
        },
        MissileEnd::Aborted { reason: AbortReason::TargetGone } => {
            "target already gone".to_string()
        }
        MissileEnd::Aborted { reason } => format!("given up, {}", words::abort(reason)),
    }
}

/// The aircraft whose story teaches most: the first that got through, else the first hostile one.
fn worth_asking(recording: &Recording) -> &str {
    let leaked = recording.events.iter().find_map(|event| match event.what {
        What::Leaked { aircraft, .. } => Some(recording.roster.aircraft_name(aircraft)),
        _ => None,
    });
    let mut aircraft = recording.roster.aircraft.iter();
    leaked
        .or_else(|| aircraft.find(|a| a.side == Side::Hostile).map(|a| a.name.as_str()))
        .or_else(|| recording.roster.aircraft.first().map(|a| a.name.as_str()))
        .unwrap_or("NAME")
}

fn footer(text: &mut String, recording: &Recording, summary: &Summary, head: &Head<'_>) {
    let out = head.out.display();
    let example = worth_asking(recording);
    let _ = writeln!(text, "  Recording  {out}");
    let _ = writeln!(text, "  Report     {}", head.out.join("report.html").display());
    let (recording, example) = (shell_word(&out.to_string()), shell_word(example));
    let _ = writeln!(text, "  Why?       redan trace {recording} {example}");
    let _ = writeln!(
        text,
        "  {:.0} min simulated in {:.3} s of processor time, {:.0} × real time",
        summary.simulated_s / 60.0,
        head.taken.cpu_s,
        head.taken.ratio(summary.simulated_s)
    );
}

/// A word as a shell takes it for one: a command that is shown is copied, and names have spaces.
pub(crate) fn shell_word(word: &str) -> String {
    let is_plain = |letter: char| letter.is_alphanumeric() || "-_./:+,=@%".contains(letter);
    if !word.is_empty() && word.chars().all(is_plain) {
        return word.to_string();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}
