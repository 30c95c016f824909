//! Ctrl-C and SIGTERM: asked once, a study finishes the parts under way and keeps them; asked twice, it ends at once.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::exit;
use crate::output::complain;

static ASKED: AtomicBool = AtomicBool::new(false);

/// Watches from now on. Without this an interrupt ends the program at once.
pub(crate) fn watch() -> anyhow::Result<()> {
    ctrlc::set_handler(|| {
        if ASKED.swap(true, Ordering::SeqCst) {
            std::process::exit(i32::from(exit::INTERRUPTED));
        }
        complain("stopping when the parts under way are done; once more stops at once");
    })
    .map_err(anyhow::Error::from)
}

/// Whether nobody has asked to stop.
pub(crate) fn goes_on() -> bool {
    !ASKED.load(Ordering::SeqCst)
}
