//! The sheet that every page is written on.

use maud::{DOCTYPE, Markup, PreEscaped, html};
use service::people::Standing;
use service::record;
use service::record::access::Action;

use crate::assets::{ICON, SCRIPT, STYLE};
use crate::door;
use crate::govuk::{Banner, Breadcrumbs, Crumb, Here, NavigationItem, NotificationBanner, ServiceNavigation, SkipLink};

/// One page: what stands between header and footer.
#[derive(Debug)]
pub struct Page<'a> {
    /// Names the page in tabs, bookmarks and histories.
    pub title: String,
    /// The room it belongs to.
    pub room: Option<Room>,
    /// The way down to it, outermost first; empty for a room's own page.
    pub trail: &'a [(&'a str, &'a str)],
    /// The finding, where the page has one.
    pub heading: String,
    /// What the page says, in a sentence or two; may be empty.
    pub lede: Markup,
    /// What can be done with all of it (print, download); may be empty.
    pub actions: Markup,
    pub body: Markup,
}

/// Whose pages these are, and what they rest on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub authority: String,
    pub basis: Basis,
}

/// What the figures about an authority were worked out from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// An authority that Placewell made up.
    Fictitious,
    /// Published figures alone.
    Published,
    /// The authority's own returns, beside published figures.
    Returns,
}

/// A part of Placewell with its own place in the navigation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    /// What waits for whoever is signed in.
    Work,
    /// For somebody who works for a provider, that provider.
    OwnProvider,
    Overview,
    Children,
    /// One by one, for the people who work with them: only where there is a record.
    Cases,
    /// Only where there is a record to keep homes in.
    Homes,
    Benchmarks,
    Market,
    Forecast,
    Returns,
    Statement,
    /// Where there is a record.
    People,
}

impl Page<'_> {
    /// A page whose title is its heading, in no room and without content yet.
    pub fn new(heading: impl Into<String>) -> Self {
        let heading = heading.into();
        let empty = || PreEscaped(String::new());
        Self { title: heading.clone(), room: None, trail: &[], heading, lede: empty(), actions: empty(), body: empty() }
    }
}

impl Basis {
    const fn words(self) -> &'static str {
        match self {
            Self::Fictitious => "fictitious data",
            Self::Published => "published figures only",
            Self::Returns => "own returns and published figures",
        }
    }
}

impl Room {
    /// Every room, in the order of the navigation.
    pub const ALL: [Self; 12] = [
        Self::Work,
        Self::OwnProvider,
        Self::Overview,
        Self::Children,
        Self::Cases,
        Self::Homes,
        Self::Benchmarks,
        Self::Market,
        Self::Forecast,
        Self::Returns,
        Self::Statement,
        Self::People,
    ];

    /// Its name in the navigation.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Work => "Your work",
            Self::OwnProvider => "Your provider",
            Self::Overview => "Overview",
            Self::Children => "Children",
            Self::Cases => "Cases",
            Self::Homes => "Homes",
            Self::Benchmarks => "Benchmarks",
            Self::Market => "Market",
            Self::Forecast => "Forecast",
            Self::Returns => "Returns",
            Self::Statement => "Statement",
            Self::People => "People",
        }
    }

    /// What one must be allowed to do to go in.
    const fn action(self) -> Action {
        match self {
            Self::Work => Action::AccountUse,
            Self::OwnProvider => Action::OwnProviderRead,
            Self::Overview => Action::OverviewRead,
            Self::Children | Self::Forecast => Action::AnalysisRead,
            Self::Cases => Action::ChildList,
            Self::Homes => Action::HomeRead,
            Self::Benchmarks | Self::Market | Self::Statement => Action::PublishedRead,
            Self::Returns => Action::ReturnsRead,
            Self::People => Action::UserRead,
        }
    }

    /// The address of its first page.
    pub const fn path(self) -> &'static str {
        match self {
            Self::Work => "/work",
            Self::OwnProvider => "/your-provider",
            Self::Overview => "/",
            Self::Children => "/children",
            Self::Cases => "/cases",
            Self::Homes => "/homes",
            Self::Benchmarks => "/benchmarks",
            Self::Market => "/market",
            Self::Forecast => "/forecast",
            Self::Returns => "/returns",
            Self::Statement => "/statement",
            Self::People => "/people",
        }
    }
}

/// The whole document. Without a place (nobody knows yet whose page this is) the header says the name alone.
pub fn layout(place: Option<&Place>, page: &Page<'_>) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en-GB" class="govuk-template" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title {
                    (page.title)
                    @if let Some(place) = place { " – " (place.authority) }
                    " – Placewell"
                }
                link rel="icon" type="image/svg+xml" href=(ICON.path());
                link rel="stylesheet" href=(STYLE.path());
                script type="module" src=(SCRIPT.path()) {}
            }
            body class="govuk-template__body" {
                (SkipLink { text: "Skip to main content", href: "#main" })
                header {
                    (navigation(place, page))
                    (search())
                }
                main id="main" tabindex="-1" {
                    @if !page.trail.is_empty() { (trail(page)) }
                    @if let Some(done) = door::reader().and_then(|acting| acting.done) {
                        (NotificationBanner { kind: Banner::Success, text: done.words() })
                    }
                    (title_block(page))
                    (page.body)
                }
                (footer(place))
            }
        }
    }
}

fn navigation(place: Option<&Place>, page: &Page<'_>) -> Markup {
    let here = |room: Room| match (page.room == Some(room), page.trail.is_empty()) {
        (false, _) => Here::Elsewhere,
        (true, true) => Here::Page,
        (true, false) => Here::Within,
    };
    let reader = door::reader();
    // Rooms that are closed to the reader are left out; to whoever is not signed in they all are, where there is anything to sign in to.
    let open = |room: &Room| match (&reader, door::asks()) {
        (Some(acting), _) => acting.standing == Standing::Whole && acting.may(room.action()),
        (None, asks) => !asks && !matches!(room, Room::Cases | Room::Homes | Room::OwnProvider | Room::People | Room::Work),
    };
    let rooms = Room::ALL.into_iter().filter(open);
    let items: Vec<_> = rooms.map(|room| NavigationItem { text: room.name(), href: room.path(), here: here(room) }).collect();
    let mark = html! {
        svg viewBox="0 0 26 26" aria-hidden="true" focusable="false" {
            path d="M13 2 2 11v13h8v-7h6v7h8V11z" {}
            circle cx="13" cy="11.5" r="2.6" {}
        }
        "Placewell"
    };
    let end = place.map(|place| {
        html! {
            p class="pw-who" {
                b { (place.authority) }
                @if reader.as_ref().is_some_and(|acting| acting.signed.parts.len() > 1) { a href="/authority" { "change authority" } " · " }
                (place.basis.words())
                @if let Some(acting) = &reader {
                    " · " a href="/account" { (acting.signed.session.person.name) }
                    @if acting.signed.unread > 0 { " · " a href="/notifications" { (acting.signed.unread) " new" } }
                }
            }
        }
    });
    html! { (ServiceNavigation { name: mark, href: first().path(), items: &items, end }) }
}

/// The room that the reader begins in: the overview, or their work where the overview is closed to them.
pub(crate) fn first() -> Room {
    let closed = door::reader().is_some_and(|acting| !acting.may(Room::Overview.action()));
    if closed { Room::Work } else { Room::Overview }
}

/// The box for a search, for whoever has a register to search. What is typed goes as a form: no reference and no name stands in an address.
fn search() -> Markup {
    let reader = door::reader().filter(|acting| acting.standing == Standing::Whole);
    let open = reader.is_some_and(|acting| record::may_search(&acting.actor, acting.authority.id));
    html! {
        @if open {
            form class="pw-seek" role="search" aria-label="Search the record" action="/search" method="post" {
                div class="pw-seek__in" {
                    (door::form_token())
                    label class="govuk-visually-hidden" for="seek" { "Search the record" }
                    input class="govuk-input" id="seek" name="q" type="search" autocomplete="off";
                    button type="submit" class="govuk-button govuk-button--secondary" data-module="govuk-button" { "Search" }
                }
            }
        }
    }
}

fn trail(page: &Page<'_>) -> Markup {
    let crumbs: Vec<Crumb<'_>> = page.trail.iter().map(|&(text, href)| Crumb { text, href: Some(href) }).collect();
    html! { (Breadcrumbs(&crumbs)) }
}

fn title_block(page: &Page<'_>) -> Markup {
    html! {
        div class="pw-title" {
            div class="pw-title__words" {
                h1 class="govuk-heading-l" { (page.heading) }
                @if !page.lede.0.is_empty() { p class="pw-lede" { (page.lede) } }
            }
            @if !page.actions.0.is_empty() { div class="pw-actions" { (page.actions) } }
        }
    }
}

fn footer(place: Option<&Place>) -> Markup {
    html! {
        footer class="pw-footer" {
            div class="pw-footer__in" {
                nav aria-label="About Placewell" {
                    ul {
                        @if first() == Room::Overview { li { a href="/about-the-data" { "About the data" } } }
                        li { a href="/accessibility" { "Accessibility" } }
                        li { a href="/privacy" { "Privacy" } }
                        li { a href="/notices" { "Licences and notices" } }
                    }
                }
                @if place.is_some_and(|place| place.basis == Basis::Fictitious) {
                    p { "This authority, its children and its homes are made up. Published figures of real authorities are real." }
                }
                p { "Contains public sector information licensed under the Open Government Licence v3.0. Figures inform a decision; a person makes it." }
            }
        }
    }
}
