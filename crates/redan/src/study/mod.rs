//! Many battles: what `redan study`, `redan compare` and `redan ledger --after` share.
//!
//! ```text
//! cases (variants, settings) ─► Campaign ─► parts on the disk ─► one table ─► findings ─► text, page
//! ```

pub(crate) mod about;
pub(crate) mod campaign;
pub(crate) mod cases;
pub(crate) mod compare;
pub(crate) mod compared;
pub(crate) mod findings;
pub(crate) mod folder;
pub(crate) mod number;
pub(crate) mod page;
pub(crate) mod sensitivity;
pub(crate) mod table;
pub(crate) mod until;
