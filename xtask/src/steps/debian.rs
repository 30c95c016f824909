//! Installing what a step needs, where that is possible: as root on Debian.

use crate::shell::{Workspace, quiet, succeeds};

/// Whether all packages are installed.
pub(super) fn has(workspace: &Workspace, packages: &[&str]) -> bool {
    let query = ["-W", "-f", "${Status}\n"];
    let found = quiet(workspace.command("dpkg-query").args(query).args(packages));
    found.is_ok_and(|text| text.lines().all(|line| line == "install ok installed"))
}

/// Installs packages; whether that went well. Does nothing for anybody but root.
pub(super) fn install(workspace: &Workspace, packages: &[&str]) -> bool {
    let is_root = quiet(workspace.command("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    let apt = |arguments: &[&str]| {
        let mut command = workspace.command("apt-get");
        succeeds(command.args(arguments).env("DEBIAN_FRONTEND", "noninteractive"))
    };
    let install = [&["install", "-y", "--no-install-recommends"], packages].concat();
    is_root && apt(&["update"]) && apt(&install)
}

/// What a user types to install packages himself.
pub(super) fn by_hand(packages: &[&str]) -> String {
    format!("as root on Debian `apt-get update && apt-get install -y {}`", packages.join(" "))
}
