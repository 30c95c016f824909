//! How long something took, by the wall and by the processor.

use std::time::Instant;

use cpu_time::ProcessTime;

/// A clock that was started.
pub(crate) struct Clock {
    wall: Instant,
    cpu: ProcessTime,
}

/// Time that was taken.
pub(crate) struct Elapsed {
    /// By the clock on the wall, seconds.
    pub(crate) wall_s: f64,
    /// By all threads of the process on the processor, seconds.
    pub(crate) cpu_s: f64,
}

impl Clock {
    /// Starts it.
    pub(crate) fn start() -> Clock {
        Clock { wall: Instant::now(), cpu: ProcessTime::now() }
    }

    /// Time since the start.
    pub(crate) fn elapsed(&self) -> Elapsed {
        Elapsed {
            wall_s: self.wall.elapsed().as_secs_f64(),
            cpu_s: self.cpu.elapsed().as_secs_f64(),
        }
    }
}

impl Elapsed {
    /// Simulated time per second of one processor core.
    pub(crate) fn ratio(&self, simulated_s: f64) -> f64 {
        simulated_s / self.cpu_s.max(1e-9)
    }
}
