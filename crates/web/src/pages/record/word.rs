//! What stands in the registers on the word of the provider whom it is about: said beside it, so that nobody takes it for what a colleague saw.

use std::collections::BTreeSet;

use domain::Id;
use domain::provider_user::Fact;
use maud::{Markup, html};
use service::record::{self, Names, Versioned};

use super::fact::{Told, address};
use crate::door::Acting;
use crate::error::Error;
use crate::govuk::InsetText;

/// The facts that providers told.
pub(super) async fn told(acting: &Acting) -> Result<BTreeSet<Id<Fact>>, Error> {
    Ok(record::told_by_providers(&acting.record, &acting.actor, acting.authority.id).await?)
}

/// Which of these stand on the provider's word; nothing where none does.
pub(super) fn note<T: Told>(told: &BTreeSet<Id<Fact>>, all: &[Versioned<T>], names: &Names) -> Markup {
    let theirs: Vec<&T> = all.iter().map(|known| &known.fact).filter(|fact| told.contains(&Id::from_uuid(fact.id().uuid()))).collect();
    let line = |fact: &T| fact.told(names).into_iter().map(|(_, said)| said).filter(|said| !said.is_empty()).collect::<Vec<_>>().join(", ");
    html! {
        @if !theirs.is_empty() {
            (InsetText(html! {
                p class="govuk-body" { "Told by the provider. Correct what you find otherwise; from then on it is your word." }
                ul class="govuk-list govuk-list--bullet" { @for fact in theirs { li { a href=(address(fact.id())) { (line(fact)) } } } }
            }))
        }
    }
}
