//! Cards, scenarios, models, world and engine
