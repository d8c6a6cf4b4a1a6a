//! Money ahead: what simulated nights cost, why a plan costs more or less than another, and what a change of course is worth.
//!
//! A kind of home without a price costs *unknown*, never nothing: its children are counted beside every amount (dossier A068, A073, F10). A
//! price carries the day it held and where it comes from (F9). Amounts that people wrote down are whole pence and add up exactly; means and
//! quantiles of futures are pence with a fraction, rounded once when they are shown (F11).

mod ahead;
mod bridge;
mod save;
mod stock;

pub use ahead::{Ahead, GroupYear, Held, Steps, Tariff, Uplift, Year, cost, cost_by_date};
pub use bridge::{Bridge, Moved, bridge};
pub use save::{Case, Month, Payback, Relapse, Repaid, payback, repay};
pub use stock::{AverageStock, average_stock, step_down_value};
