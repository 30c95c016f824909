//! Tacview's flight recording, ACMI 2.2, as plain text.
//!
//! After the technical reference that Tacview's authors publish (Raia Software, "ACMI flight
//! recordings 2.2", 2024). Every thing is an object with a hexadecimal number; it is declared with its
//! first place, since an object without one would stand in the Gulf of Guinea. Lines are grouped by
//! frames, `#` and the seconds since `ReferenceTime`.
//!
//! A comma in a text is escaped by a backslash, a line break by a backslash before it. The format has
//! no escape for the backslash itself, and none for the bar within events: a slash stands for both.
//!
//! What is left out: attitude, which no recording has, so that Tacview makes it from the flight path;
//! air speeds, which would need the wind; the fire unit, which stands where its radar does.

use std::io::{self, Write};

use redan_geo::Time;
use redan_record::{AirClass, Side};
use redan_track::Identity;

use crate::position::Position;
use crate::scene::{Act, Deed, Exit, Kind, Meeting, Scene, Standing, Thing, ThingId};
use crate::utc::seconds;

/// Properties for targets: `LockedTarget`, then `LockedTarget2` to `LockedTarget9`.
const LOCKS: usize = 9;

/// Writes the recording.
pub(crate) fn write(scene: &Scene, out: &mut dyn Write) -> io::Result<()> {
    let objects = scene.things.iter().map(|thing| Object {
        is_declared: false,
        standing: thing.standing,
        radiates: true,
        locks: [None; LOCKS],
    });
    let mut writer = Writer { scene, objects: objects.collect(), frame: None, out };
    // What begins to radiate was silent before; the last word is written over by earlier ones.
    for act in scene.acts.iter().rev() {
        if let Deed::Switches { on } = act.deed {
            writer.objects[act.thing.index()].radiates = !on;
        }
    }
    writer.header()?;
    writer.frame(Time::ZERO)?;
    for (index, thing) in scene.things.iter().enumerate() {
        if let Some(place) = thing.place.filter(|_| thing.kind != Kind::Unit) {
            writer.declare(ThingId::new(index), place)?;
        }
    }
    scene.acts.iter().try_for_each(|act| writer.act(act))
}

struct Writer<'a> {
    scene: &'a Scene,
    objects: Vec<Object>,
    /// The frame that the output is in.
    frame: Option<Time>,
    out: &'a mut dyn Write,
}

/// What the file has said of an object so far.
struct Object {
    is_declared: bool,
    standing: Standing,
    /// Of a radar.
    radiates: bool,
    /// Engagements of a radar by the property that tells their target.
    locks: [Option<u32>; LOCKS],
}

impl Writer<'_> {
    fn header(&mut self) -> io::Result<()> {
        let Scene { title, question, about, view, start, .. } = self.scene;
        write!(self.out, "FileType=text/acmi/tacview\nFileVersion=2.2\n")?;
        writeln!(self.out, "0,ReferenceTime={}", start.text())?;
        // One property a line: a reader of others takes no more than one of the world.
        writeln!(self.out, "0,ReferenceLongitude=0")?;
        writeln!(self.out, "0,ReferenceLatitude=0")?;
        if !title.is_empty() {
            writeln!(self.out, "0,Title={}", escaped(title))?;
        }
        writeln!(self.out, "0,DataSource=redan")?;
        writeln!(self.out, "0,DataRecorder=redan-exchange {}", env!("CARGO_PKG_VERSION"))?;
        writeln!(self.out, "0,Category=Air defence")?;
        if !question.is_empty() {
            writeln!(self.out, "0,Briefing={}", escaped(question))?;
        }
        writeln!(self.out, "0,Comments={}", escaped(&format!("{view}; {about}")))
    }

    fn frame(&mut self, at: Time) -> io::Result<()> {
        if self.frame != Some(at) {
            self.frame = Some(at);
            writeln!(self.out, "#{}", seconds(at))?;
        }
        Ok(())
    }

    /// An object's first line, with everything that does not change.
    fn declare(&mut self, id: ThingId, place: Position) -> io::Result<()> {
        let thing = self.scene.thing(id);
        let mut line = format!("{},{}", hex(id), transform(place));
        for (name, value) in properties(thing) {
            line.push_str(&format!(",{name}={}", escaped(&value)));
        }
        for (name, other) in [("Parent", thing.parent), ("LockedTarget", thing.target)] {
            if let Some(other) = other.filter(|other| self.is_declared(*other)) {
                line.push_str(&format!(",{name}={}", hex(other)));
            }
        }
        let object = &mut self.objects[id.index()];
        object.is_declared = true;
        if thing.kind == Kind::Radar {
            line.push_str(&format!(",RadarMode={}", u8::from(object.radiates)));
        }
        if thing.reach_m.is_some() {
            line.push_str(",EngagementMode=0");
        }
        writeln!(self.out, "{line},{}", standing_properties(object.standing))
    }

    fn act(&mut self, act: &Act) -> io::Result<()> {
        if self.scene.thing(act.thing).kind == Kind::Unit {
            return Ok(());
        }
        self.frame(act.at)?;
        let id = act.thing;
        match act.deed {
            Deed::Moves(state) if self.is_declared(id) => {
                writeln!(self.out, "{},{}", hex(id), transform(state.position))
            }
            Deed::Moves(state) => self.declare(id, state.position),
            Deed::Judged(standing) => self.judge(id, standing, &act.note),
            Deed::Switches { on } => self.switch(id, on, &act.note),
            Deed::Locks { engagement, target } => self.lock(id, engagement, target, &act.note),
            Deed::Releases { engagement } => self.release(id, engagement, &act.note),
            Deed::Meets(meeting) => self.meet(id, &meeting, &act.note),
            Deed::Leaks { asset } => self.message(&[Some(id), asset], &act.note),
            Deed::Says => self.message(&[Some(id)], &act.note),
            Deed::Leaves(exit) => self.leave(id, exit, &act.note),
        }
    }

    fn judge(&mut self, id: ThingId, standing: Standing, note: &str) -> io::Result<()> {
        self.objects[id.index()].standing = standing;
        if self.is_declared(id) {
            writeln!(self.out, "{},{}", hex(id), standing_properties(standing))?;
        }
        self.message(&[Some(id)], note)
    }

    fn switch(&mut self, id: ThingId, on: bool, note: &str) -> io::Result<()> {
        self.objects[id.index()].radiates = on;
        if self.is_declared(id) {
            writeln!(self.out, "{},RadarMode={}", hex(id), u8::from(on))?;
        }
        self.message(&[Some(id)], note)
    }

    /// More targets than there are properties are told by their messages alone.
    fn lock(
        &mut self,
        id: ThingId,
        engagement: u32,
        target: Option<ThingId>,
        note: &str,
    ) -> io::Result<()> {
        let target = target.filter(|target| self.is_declared(*target));
        let locks = &mut self.objects[id.index()].locks;
        let free = locks.iter().position(Option::is_none);
        if let (Some(slot), Some(target)) = (free, target) {
            locks[slot] = Some(engagement);
            writeln!(self.out, "{},{}={}", hex(id), lock_name(slot), hex(target))?;
            if slot == 0 {
                writeln!(self.out, "{},LockedTargetMode=1", hex(id))?;
            }
            self.engages(id, true)?;
        }
        self.message(&[Some(id), target], note)
    }

    fn release(&mut self, id: ThingId, engagement: u32, note: &str) -> io::Result<()> {
        let locks = &mut self.objects[id.index()].locks;
        if let Some(slot) = locks.iter().position(|lock| *lock == Some(engagement)) {
            locks[slot] = None;
            // Object 0 is the world: nothing in particular.
            writeln!(self.out, "{},{}=0", hex(id), lock_name(slot))?;
            if slot == 0 {
                writeln!(self.out, "{},LockedTargetMode=0", hex(id))?;
            }
            let still = self.objects[id.index()].locks.iter().any(Option::is_some);
            self.engages(id, still)?;
        }
        self.message(&[Some(id)], note)
    }

    /// Whether a radar that guides missiles has a target.
    fn engages(&mut self, id: ThingId, engages: bool) -> io::Result<()> {
        if self.scene.thing(id).reach_m.is_some() {
            writeln!(self.out, "{},EngagementMode={}", hex(id), u8::from(engages))?;
        }
        Ok(())
    }

    fn meet(&mut self, id: ThingId, meeting: &Meeting, note: &str) -> io::Result<()> {
        if let Some(position) = meeting.position.filter(|_| self.is_declared(id)) {
            writeln!(self.out, "{},{}", hex(id), transform(position))?;
        }
        self.message(&[Some(id), meeting.met], note)
    }

    /// An object that is removed without an event counts as destroyed in Tacview.
    fn leave(&mut self, id: ThingId, exit: Exit, note: &str) -> io::Result<()> {
        self.message(&[Some(id)], note)?;
        if !self.is_declared(id) {
            return Ok(());
        }
        let event = match exit {
            Exit::Destroyed => "Destroyed",
            Exit::Gone => "LeftArea",
        };
        writeln!(self.out, "0,Event={event}|{}|", hex(id))?;
        writeln!(self.out, "-{}", hex(id))
    }

    /// A line of the event log, about the objects that the file has shown.
    fn message(&mut self, about: &[Option<ThingId>], note: &str) -> io::Result<()> {
        let mut line = String::from("0,Event=Message|");
        for id in about.iter().flatten().filter(|id| self.is_declared(**id)) {
            line.push_str(&hex(*id));
            line.push('|');
        }
        // Who cannot be pointed at is called by name.
        if let Some(first) = about.iter().flatten().next() {
            line.push_str(
                &escaped(&format!("{}: ", self.scene.thing(*first).name)).replace('|', "/"),
            );
        }
        writeln!(self.out, "{line}{}", escaped(note).replace('|', "/"))
    }

    fn is_declared(&self, id: ThingId) -> bool {
        self.objects[id.index()].is_declared
    }
}

/// What does not change of an object, in the order in which it is written.
fn properties(thing: &Thing) -> Vec<(&'static str, String)> {
    let mut properties = Vec::new();
    match &thing.type_name {
        Some(name) => {
            properties.push(("Name", name.clone()));
            properties.push(("CallSign", thing.name.clone()));
        }
        None => properties.push(("Name", thing.name.clone())),
    }
    properties.push(("Type", tags(thing.kind).to_owned()));
    properties.extend(thing.group.clone().map(|group| ("Group", group)));
    properties.extend(thing.range_m.map(|range_m| ("RadarRange", range_m.to_string())));
    properties.extend(thing.reach_m.map(|reach_m| ("EngagementRange", reach_m.to_string())));
    properties
}

/// Tags of the object's type. Tacview has no tag for a drone; a track is in the air, whatever it is.
fn tags(kind: Kind) -> &'static str {
    match kind {
        Kind::Aircraft(AirClass::Aircraft | AirClass::Drone) => "Air+FixedWing",
        Kind::Aircraft(AirClass::CruiseMissile | AirClass::Ballistic) | Kind::Missile => {
            "Weapon+Missile"
        }
        Kind::Track => "Air",
        Kind::Radar => "Ground+Static+Sensor",
        Kind::Launcher | Kind::Unit => "Ground+AntiAircraft",
        Kind::Asset => "Navaid+Static+Waypoint",
    }
}

/// Colours are those that every version of Tacview has.
fn standing_properties(standing: Standing) -> String {
    let colour = match standing {
        Standing::True(Side::Hostile) | Standing::Judged(Identity::Hostile) => "Red",
        Standing::Judged(Identity::Suspect) => "Orange",
        Standing::True(Side::Neutral) | Standing::Judged(Identity::Neutral) => "Green",
        Standing::True(Side::Friendly)
        | Standing::Judged(Identity::Friend | Identity::AssumedFriend) => "Blue",
        Standing::Judged(Identity::Pending | Identity::Unknown) => "Violet",
    };
    format!("Coalition={},Color={colour}", standing.word())
}

fn transform(place: Position) -> String {
    format!("T={}|{}|{}", place.lon_deg, place.lat_deg, place.alt_m)
}

fn lock_name(slot: usize) -> String {
    match slot {
        0 => "LockedTarget".to_owned(),
        _ => format!("LockedTarget{}", slot + 1),
    }
}

/// Object 0 is the world, so that things are counted from 1.
fn hex(id: ThingId) -> String {
    format!("{:x}", id.index() + 1)
}

/// A text as the value of a property.
fn escaped(text: &str) -> String {
    let mut value = String::new();
    for letter in text.replace("\r\n", "\n").chars() {
        match letter {
            ',' => value.push_str("\\,"),
            '\n' | '\r' => value.push_str("\\\n"),
            '\\' => value.push('/'),
            other if other.is_control() => value.push(' '),
            other => value.push(other),
        }
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_keep_to_their_property() {
        assert_eq!(escaped("one, two"), "one\\, two");
        assert_eq!(escaped("one\r\ntwo\nthree"), "one\\\ntwo\\\nthree");
        assert_eq!(escaped("C:\\temp\\"), "C:/temp/", "else it would escape what follows");
        assert_eq!(escaped("bell\u{7}, Würfel"), "bell \\, Würfel");
    }

    #[test]
    fn the_world_is_no_thing() {
        assert_eq!(hex(ThingId::new(0)), "1");
        assert_eq!(hex(ThingId::new(254)), "ff");
    }

    #[test]
    fn locks_are_counted_as_the_format_does() {
        let names: Vec<String> = (0..LOCKS).map(lock_name).collect();
        assert_eq!(names[0], "LockedTarget");
        assert_eq!(names[1], "LockedTarget2");
        assert_eq!(names[8], "LockedTarget9");
    }
}
