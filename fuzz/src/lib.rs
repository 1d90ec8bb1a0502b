//! The functions behind the fuzz targets. An ordinary test of `server` runs them over the corpus.

pub mod entries;
