//! Relief from files: made-up tiles of every format, and the reference rasters where they are.

mod fetch;
mod folders;
mod formats;
mod gdal;
mod made_up;
mod reference;
mod server;
mod sights;
mod tiles;
mod write;
