//! A record of any category that is read here.

use super::adsb::AdsbReport;
use super::common::{Others, Source, name};
use super::fault::{Item, Wrong};
use super::items::Items;
use super::layout::{Field, field_specification, place};
use super::report::TargetReport;
use super::service::ServiceMessage;
use super::system_track::SystemTrack;

/// A record. Quantities are in SI units and radians, rounded to the steps of their items.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Record {
    /// CAT034.
    Service(ServiceMessage),
    /// CAT048.
    Report(TargetReport),
    /// CAT062.
    Track(SystemTrack),
    /// CAT021.
    Adsb(AdsbReport),
}

impl Record {
    /// Number of its category.
    pub fn category(&self) -> u8 {
        match self {
            Record::Service(_) => 34,
            Record::Report(_) => 48,
            Record::Track(_) => 62,
            Record::Adsb(_) => 21,
        }
    }

    /// Who sent it.
    pub fn source(&self) -> Option<Source> {
        match self {
            Record::Service(it) => it.source,
            Record::Report(it) => it.source,
            Record::Track(it) => it.source,
            Record::Adsb(it) => it.source,
        }
    }

    /// Seconds since midnight UTC at which it holds.
    pub fn time_of_day_s(&self) -> Option<f64> {
        match self {
            Record::Service(it) => it.time_of_day_s,
            Record::Report(it) => it.time_of_day_s,
            Record::Track(it) => it.time_of_day_s,
            Record::Adsb(it) => it.place_time_of_day_s.or(it.received_time_of_day_s),
        }
    }

    /// Items that were passed over.
    pub fn others(&self) -> Others {
        match self {
            Record::Service(it) => it.others,
            Record::Report(it) => it.others,
            Record::Track(it) => it.others,
            Record::Adsb(it) => it.others,
        }
    }

    /// An empty one of a category.
    fn empty(category: u8) -> Option<Record> {
        match category {
            21 => Some(Record::Adsb(AdsbReport::default())),
            34 => Some(Record::Service(ServiceMessage::default())),
            48 => Some(Record::Report(TargetReport::default())),
            62 => Some(Record::Track(SystemTrack::default())),
            _ => None,
        }
    }

    /// Takes an item; whether it is understood to the last bit.
    fn take(&mut self, id: u16, item: &[u8]) -> bool {
        match self {
            Record::Service(it) => it.take(id, item),
            Record::Report(it) => it.take(id, item),
            Record::Track(it) => it.take(id, item),
            Record::Adsb(it) => it.take(id, item),
        }
    }

    fn pass_over(&mut self, others: Others) {
        match self {
            Record::Service(it) => it.others = others,
            Record::Report(it) => it.others = others,
            Record::Track(it) => it.others = others,
            Record::Adsb(it) => it.others = others,
        }
    }

    pub(super) fn put(&self, items: &mut Items) {
        match self {
            Record::Service(it) => it.put(items),
            Record::Report(it) => it.put(items),
            Record::Track(it) => it.put(items),
            Record::Adsb(it) => it.put(items),
        }
    }
}

/// Why a record cannot be read: octets from its beginning, the item, and what is wrong with it.
pub(super) type Broken = (usize, Option<Item>, Wrong);

/// Reads the record that begins where `rest` does: its octets, and what it says.
pub(super) fn read_record(
    category: u8,
    profile: &'static [Field],
    rest: &[u8],
) -> Result<(usize, Record), Broken> {
    let specification = Some(Item::FieldSpecification);
    let (mut at, mut places) =
        field_specification(rest).map_err(|wrong| (0, specification, wrong))?;
    let mut record = Record::empty(category).ok_or((0, None, Wrong::ForeignCategory))?;
    if places == 0 {
        return Err((0, specification, Wrong::Empty));
    }
    let mut others = Others::default();
    while places != 0 {
        let index = places.leading_zeros() as usize;
        places &= !place(index);
        let field = profile.get(index).copied();
        let field = field.ok_or((at, Some(Item::Place(index)), Wrong::SpareItem))?;
        let octets = field.layout.length(&rest[at..]);
        let octets = octets.map_err(|wrong| (at, Some(name(field, index)), wrong))?;
        if !record.take(field.id, &rest[at..at + octets]) {
            others.0 |= place(index);
        }
        at += octets;
    }
    record.pass_over(others);
    Ok((at, record))
}
