//! CSV after RFC 4180: one row per position and per occurrence, so that a spreadsheet or a data frame
//! needs no knowledge of redan.
//!
//! Lines end in CRLF, as the RFC wants. A field is quoted where it must be, and a quote within it is
//! doubled. A figure that is not known is an empty field. Fixed things stand once, at the start.

use std::io::{self, Write};

use redan_geo::Time;

use crate::position::{Position, State};
use crate::scene::{Deed, Scene, Standing, Thing};
use crate::utc::seconds;

const HEADER: &str =
    "time_s,utc,kind,name,side,lat_deg,lon_deg,alt_m,speed_m_s,heading_deg,note\r\n";

/// Writes the table.
pub(crate) fn write(scene: &Scene, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(HEADER.as_bytes())?;
    let mut last: Vec<Option<Position>> = scene.things.iter().map(|thing| thing.place).collect();
    let mut standings: Vec<Standing> = scene.things.iter().map(|thing| thing.standing).collect();
    for thing in &scene.things {
        if let Some(place) = thing.place {
            let row = Row { state: Some(State::at(place)), note: "", standing: thing.standing };
            row.write(scene, thing, Time::ZERO, out)?;
        }
    }
    for act in &scene.acts {
        let index = act.thing.index();
        let state = match act.deed {
            Deed::Moves(state) => Some(state),
            Deed::Meets(meeting) => meeting.position.map(State::at),
            _ => last[index].map(State::at),
        };
        match act.deed {
            Deed::Moves(state) => last[index] = Some(state.position),
            Deed::Judged(standing) => standings[index] = standing,
            _ => {}
        }
        let row = Row { state, note: &act.note, standing: standings[index] };
        row.write(scene, scene.thing(act.thing), act.at, out)?;
    }
    Ok(())
}

struct Row<'a> {
    state: Option<State>,
    note: &'a str,
    standing: Standing,
}

impl Row<'_> {
    fn write(&self, scene: &Scene, thing: &Thing, at: Time, out: &mut dyn Write) -> io::Result<()> {
        let position = self.state.map(|state| state.position);
        let fields = [
            seconds(at),
            scene.start.at(at).text(),
            thing.kind.word().to_owned(),
            quoted(&thing.name),
            self.standing.word().to_owned(),
            number(position.map(|position| position.lat_deg)),
            number(position.map(|position| position.lon_deg)),
            number(position.map(|position| position.alt_m)),
            number(self.state.and_then(|state| state.speed_m_s)),
            number(self.state.and_then(|state| state.course_deg)),
            quoted(self.note),
        ];
        write!(out, "{}\r\n", fields.join(","))
    }
}

fn number(value: Option<f64>) -> String {
    value.map_or(String::new(), |value| value.to_string())
}

/// A field of text. Blanks at its ends belong to it by the RFC, and many a reader cuts them off: so
/// such a field is quoted as well.
fn quoted(text: &str) -> String {
    let must = text.contains(['"', ',', '\n', '\r']) || text.trim() != text;
    if must { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_quoted_where_it_must_be() {
        assert_eq!(quoted("Su-24"), "Su-24");
        assert_eq!(quoted("a, b"), "\"a, b\"");
        assert_eq!(quoted("the \"best\""), "\"the \"\"best\"\"\"");
        assert_eq!(quoted("two\nlines"), "\"two\nlines\"");
        assert_eq!(quoted(" edge"), "\" edge\"");
        assert_eq!(quoted(""), "");
    }

    #[test]
    fn what_is_not_known_is_empty() {
        assert_eq!(number(None), "");
        assert_eq!(number(Some(0.0)), "0");
    }
}
