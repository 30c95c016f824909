//! Command: threat evaluation, weapon assignment, doctrine, rules of engagement
