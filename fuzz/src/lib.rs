//! What the fuzz targets call. The same functions are run over the kept inputs by an ordinary test of `server`.

pub mod entries;
