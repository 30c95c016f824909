//! Elevation rasters as one terrain
