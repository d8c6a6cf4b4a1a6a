//! A child's case, as the people who work with it do: the list, what the case holds, its vault, and children who stand in the record twice.

mod checks;
mod codes;
mod decisions;
mod duplicates;
mod entrust;
mod facts;
mod household;
mod law;
mod list;
mod merges;
mod open;
mod take;
mod vault;

pub(super) use codes::no_code;
pub use codes::{Words, choices, group, groups, words};
pub use decisions::{Put, approval, approve, put};
pub use duplicates::{Suspicion, duplicates};
pub use entrust::{Forsaken, entrust, forsaken};
pub use facts::{CaseFact, add, add_beside, correct, correct_beside, find, history, withdraw};
pub use household::{Beside, fostered, household, lodge, lodge_on, take_households};
pub use list::{Question, list};
pub use merges::{merge, unmerge};
pub use open::{amend, colleagues, in_need, may, register, still_opens, whose};
pub use store::Written;
pub use store::child_list::{Filter, Listed, Sort, Which};
pub use take::{take, take_words};
pub use vault::{Word, WrittenWord, add_word, correct_word, vault, withdraw_word, word_history};

pub(crate) use decisions::offices;
pub(super) use duplicates::suspected;
pub(super) use facts::gather;
pub(super) use household::settle;
pub(super) use law::{for_short_breaks_only, look_where_they_live, without_leave};
pub(super) use vault::{opened, seal, shown_with};
