//! Components of the GOV.UK Design System as typed values that render themselves.
//!
//! Each writes the markup of govuk-frontend 6.6.0 for the options it has; `tests/fixtures.rs` compares it with that
//! package's own fixtures. An option that no page needs is not here.

mod back_link;
mod breadcrumbs;
mod button;
mod choices;
mod date_input;
mod details;
mod error_summary;
mod field;
mod file_upload;
mod input;
mod inset_text;
mod notification_banner;
mod pagination;
mod select;
mod service_navigation;
mod skip_link;
mod summary_list;
mod table;
mod tag;
mod textarea;
mod warning_text;

pub use back_link::BackLink;
pub use breadcrumbs::{Breadcrumbs, Crumb};
pub use button::{Button, Look, Press};
pub use choices::{Arrangement, Checkboxes, Radios};
pub use date_input::DateInput;
pub use details::Details;
pub use error_summary::{ErrorSummary, Problem};
pub use field::{Choice, Chosen, Field, Group, Size};
pub use file_upload::{FileUpload, FilesUpload};
pub use input::{InputKind, InputMode, TextInput};
pub use inset_text::InsetText;
pub use notification_banner::{Banner, NotificationBanner};
pub use pagination::{PageLink, Pagination};
pub use select::Select;
pub use service_navigation::{Here, NavigationItem, ServiceNavigation};
pub use skip_link::SkipLink;
pub use summary_list::{RowAction, SummaryList, SummaryRow};
pub use table::{Align, Column, FirstCell, Order, Sort, Table};
pub use tag::{Tag, Tone};
pub use textarea::Textarea;
pub use warning_text::WarningText;
