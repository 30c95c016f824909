//! Names of things by number. A number that the roster does not have, as in a damaged recording, is
//! called "?" rather than refused: reports must not fail over one bad reference.

use redan_command::{InterceptorId, UnitId};

use crate::{AircraftId, AssetId, LauncherId, NetworkId, RadarId, Roster};

const NOBODY: &str = "?";

impl Roster {
    /// Name of an aircraft.
    pub fn aircraft_name(&self, id: AircraftId) -> &str {
        self.aircraft.get(id.index()).map_or(NOBODY, |entry| &entry.name)
    }

    /// Name of a radar.
    pub fn radar_name(&self, id: RadarId) -> &str {
        self.radars.get(id.index()).map_or(NOBODY, |entry| &entry.name)
    }

    /// Name of a network.
    pub fn network_name(&self, id: NetworkId) -> &str {
        self.networks.get(id.index()).map_or(NOBODY, |entry| &entry.name)
    }

    /// Name of a fire unit.
    pub fn unit_name(&self, id: UnitId) -> &str {
        self.units.get(id.0 as usize).map_or(NOBODY, |entry| &entry.name)
    }

    /// Name of a launcher.
    pub fn launcher_name(&self, id: LauncherId) -> &str {
        self.launchers.get(id.index()).map_or(NOBODY, |entry| &entry.name)
    }

    /// Name of an interceptor type.
    pub fn interceptor_name(&self, id: InterceptorId) -> &str {
        self.interceptors.get(id.0 as usize).map_or(NOBODY, |entry| &entry.name)
    }

    /// Name of an asset.
    pub fn asset_name(&self, id: AssetId) -> &str {
        self.assets.get(id.index()).map_or(NOBODY, |entry| &entry.name)
    }
}
