//! Plots to tracks: filters, association, identification
