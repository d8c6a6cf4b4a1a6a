//! Facts of a provider: a document, who owns it.

use domain::document::{self, Document};
use domain::foster_home::FosterHome;
use domain::provider::{Ownership, Provider};
use domain::setting::Setting;
use domain::{Day, Id};
use maud::{Markup, html};
use service::record::Names;

use super::super::fact::{FROM, Form, TO, Told, boxes, options};
use super::super::form::{Typed, choices};
use super::until;

impl Told for Document {
    const ROOM: &'static str = "/providers";
    const WORD: &'static str = "document";
    const TITLE: &'static str = "Document";

    fn told(&self, names: &Names) -> Vec<(&'static str, String)> {
        let about = match (self.setting, self.foster_home) {
            (Some(setting), _) => names.setting(setting),
            (None, Some(home)) => names.foster_home(home),
            (None, None) => names.provider(self.provider),
        };
        let runs_out = self.to.map_or_else(|| "does not".to_owned(), Day::long);
        vec![
            ("What it is", self.kind.label().to_owned()),
            ("Name or number", self.title.clone()),
            ("About", about.to_owned()),
            ("Holds from", self.from.long()),
            ("Runs out", runs_out),
        ]
    }

    fn page(&self) -> String {
        format!("/providers/{}", self.provider)
    }
}

/// What a document is typed about.
#[derive(Clone, Copy)]
pub(in crate::pages::record) enum About {
    /// What the form says: the provider as a whole, or one of its homes.
    Chosen,
    /// This home.
    Setting(Id<Setting>),
    /// This foster home.
    FosterHome(Id<FosterHome>),
}

impl Form for Document {
    type Whole = (Id<Provider>, About);
    const FIRST: &'static str = "kind";

    fn whole(&self) -> Self::Whole {
        (self.provider, self.foster_home.map_or(About::Chosen, About::FosterHome))
    }

    fn filled(&self) -> Vec<(&'static str, String)> {
        let setting = self.setting.map(|setting| setting.to_string()).unwrap_or_default();
        let mut values = vec![("kind", self.kind.to_string()), ("title", self.title.clone()), ("setting", setting)];
        values.extend(boxes(FROM, Some(self.from)));
        values.extend(boxes(TO, self.to));
        values
    }

    fn fields(typed: &Typed, names: &Names, (provider, about): Self::Whole) -> Markup {
        let own = names.settings.iter().filter(|(_, (_, of))| *of == provider).map(|(id, (name, _))| (*id, name.clone()));
        html! {
            (typed.choice("kind", "What it is", Some("Choose"), &choices!(document::Kind)))
            (typed.line("title", "Name or number", Some("And where it lies: the record keeps no copy")))
            @match about {
                About::Chosen => (typed.choice("setting", "Which home it is about", Some("The provider as a whole"), &options(own))),
                About::Setting(setting) => p class="govuk-body" { "About " (names.setting(setting)) "." },
                About::FosterHome(home) => p class="govuk-body" { "About foster home " (names.foster_home(home)) "." },
            }
            (typed.date("from", "Holds from", None))
            (typed.date("to", "Runs out on", Some("The day on which it holds no more; empty where it does not run out")))
        }
    }

    fn read(typed: &mut Typed, id: Id<Self>, (provider, about): Self::Whole, _: &Names) -> Option<Self> {
        let kind = typed.word("kind", "Choose what it is");
        let title = typed.needed("title", "Enter its name or number");
        let (setting, foster_home) = match about {
            About::Chosen => (typed.maybe("setting", "Choose a home, or the provider as a whole"), None),
            About::Setting(setting) => (Some(setting), None),
            About::FosterHome(home) => (None, Some(home)),
        };
        let from = typed.needed_day("from", "Enter the day from which it holds");
        let to = typed.after("to", from, "It runs out after the day from which it holds");
        Some(Self { id, provider, setting, foster_home, kind: kind?, title, from: from?, to })
    }
}

impl Told for Ownership {
    const ROOM: &'static str = "/providers";
    const WORD: &'static str = "ownership";
    const TITLE: &'static str = "Ownership";

    fn told(&self, names: &Names) -> Vec<(&'static str, String)> {
        let owner = names.owners.get(&self.owner).cloned().unwrap_or_default();
        vec![("Owner", owner), ("From", self.from.long()), ("To", until(self.to))]
    }

    fn page(&self) -> String {
        format!("/providers/{}", self.provider)
    }
}

impl Form for Ownership {
    type Whole = Id<Provider>;
    const FIRST: &'static str = "owner";

    fn whole(&self) -> Self::Whole {
        self.provider
    }

    fn filled(&self) -> Vec<(&'static str, String)> {
        let mut values = vec![("owner", self.owner.to_string())];
        values.extend(boxes(FROM, Some(self.from)));
        values.extend(boxes(TO, self.to));
        values
    }

    fn fields(typed: &Typed, names: &Names, _: Self::Whole) -> Markup {
        let owners = names.owners.iter().map(|(id, name)| (*id, name.clone()));
        html! {
            (typed.choice("owner", "Owner", Some("Choose an owner"), &options(owners)))
            p class="govuk-body" { "Is the owner not in the list? " a href="/owners/new" { "Add the owner first" } "." }
            (typed.date("from", "From", None))
            (typed.date("to", "To", Some("The day on which it was sold; empty while it is owned")))
        }
    }

    fn read(typed: &mut Typed, id: Id<Self>, provider: Self::Whole, _: &Names) -> Option<Self> {
        let owner = typed.word("owner", "Choose the owner");
        let from = typed.needed_day("from", "Enter the first day");
        let to = typed.after("to", from, "The day must be after the first day");
        Some(Self { id, provider, owner: owner?, from: from?, to })
    }
}
