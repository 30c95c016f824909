//! One file for each command of redan: its arguments and what it does.

pub(crate) mod after;
pub(crate) mod assign;
pub(crate) mod check;
pub(crate) mod compare;
pub(crate) mod coverage;
mod dis_options;
pub(crate) mod envelope;
pub(crate) mod export;
pub(crate) mod import;
pub(crate) mod ledger;
pub(crate) mod new;
pub(crate) mod replications;
pub(crate) mod run;
pub(crate) mod schema;
pub(crate) mod stream;
pub(crate) mod study;
pub(crate) mod terrain;
pub(crate) mod trace;
pub(crate) mod track;
pub(crate) mod view;
