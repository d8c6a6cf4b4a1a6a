//! A child's case, as the people who work with it do: the list, what the case holds, its vault, and children who stand in the record twice.

mod checks;
mod codes;
mod duplicates;
mod facts;
mod law;
mod list;
mod merges;
mod open;
mod take;
mod vault;

pub use codes::{Words, choices, group, groups, words};
pub use duplicates::{Suspicion, duplicates};
pub use facts::{CaseFact, add, correct, find, history, withdraw};
pub use list::{Question, list};
pub use merges::{merge, unmerge};
pub use open::{amend, colleagues, in_need, may, register};
pub use store::Written;
pub use store::child_list::{Filter, Listed, Sort, Which};
pub use take::{take, take_words};
pub use vault::{Word, WrittenWord, add_word, correct_word, vault, withdraw_word, word_history};

pub(super) use facts::gather;
pub(super) use law::too_young;
pub(super) use vault::{opened, shown_with};
