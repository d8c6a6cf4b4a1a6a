//! What is held about people, in words for them.

use std::sync::Arc;

use axum::extract::State;
use maud::{Markup, html};

use crate::app;
use crate::page::{Page, layout};

/// `GET /privacy`: what the UK General Data Protection Regulation (articles 13 and 14) asks an authority to tell people, as far as the software knows it.
pub(super) async fn show(State(state): State<Arc<app::State>>) -> Markup {
    let authority = &state.place.authority;
    let contact = state.record.as_ref().and_then(|opened| opened.contact.as_deref());
    let body = html! {
        div class="pw-prose" {
            h2 { "Who is responsible" }
            p class="govuk-body" { (authority) " decides what is kept here and why: it is the controller under data protection law. Placewell is the software that it uses." }
            h2 { "What is kept, and why" }
            (held())
            h2 { "By which law" }
            (law())
            h2 { "How long" }
            (kept())
            h2 { "Who sees it" }
            (seen())
            h2 { "Where it comes from, and where it goes" }
            p class="govuk-body" {
                "From the authority’s own case system and staff, from children, families and carers, from providers, and from public registers (Ofsted, Companies House). "
                "Figures about children in care go to the Department for Education each year, as the law asks. Nothing is sold. Placewell sends nothing to "
                "its makers, and its pages load nothing from other sites."
            }
            h2 { "Cookies" }
            p class="govuk-body" { "One, to keep you signed in; it goes when you sign out or close the browser. One for a minute, to tell you on the next page that what you did was saved; it holds one word and nothing of what you did. One more for minutes if you sign in with your organisation’s account. Nothing follows you." }
            h2 { "Your rights" }
            (rights())
            h2 { "Whom to ask" }
            p class="govuk-body" {
                @match contact {
                    Some(contact) => { "Ask " (contact) "." }
                    None => { "Ask the data protection officer of " (authority) ": its web site says how. A child or young person can also ask their social worker or reviewing officer." }
                }
            }
            p class="govuk-body" { "If you are not content with the answer, you can complain to the Information Commissioner: ico.org.uk, telephone 0303 123 1113." }
        }
    };
    let lede = html! { "What " (authority) " keeps here about children, carers, people who run homes, and staff: why, how long, who sees it, and what you can ask for." };
    layout(Some(&state.place), &Page { lede, body, ..Page::new("Privacy notice") })
}

fn held() -> Markup {
    html! {
        ul class="govuk-list govuk-list--bullet" {
            li { "Children whom the authority looks after or looked after: date of birth, sex, ethnicity, the law by which they are in care, where they live and lived, what they need of a home, brothers and sisters, "
                 "times missing, visits, reviews, plans, health assessments and checks, what was decided in an emergency, what courts have allowed, and what they said. It is kept to find each child a home that fits, near where they come from where that is right, and to see that it goes well." }
            li { "Their names, addresses and numbers, apart from the rest and sealed." }
            li { "Foster carers: approval, how many children and of what ages, skills, and the area in which they live. It is kept to match children with them." }
            li { "People who run homes, as far as public registers and contracts name them, and the accounts to which providers are paid." }
            li { "Staff who sign in: name, work address of mail, role, when they signed in, and what they looked at or changed. It is kept so that every reading of a child’s record can be accounted for." }
        }
    }
}

fn law() -> Markup {
    html! {
        ul class="govuk-list govuk-list--bullet" {
            li { "The authority must do this by law (UK GDPR article 6(1)(c) and (e)): above all the Children Act 1989, sections 17, 20, 22 to 22G and 31, the Care Planning, Placement and "
                 "Case Review (England) Regulations 2010, and the Fostering Services (England) Regulations 2011." }
            li { "Health, ethnicity and beliefs are kept because looking after children needs them: article 9(2)(g) and (h), and Schedule 1 of the Data Protection Act 2018 (social care; safeguarding of children)." }
            li { "What is known of offences is kept under article 10 and the same Schedule." }
            li { "No decision about a child is made by the software alone. It counts, sorts and warns; a person decides and answers for it." }
        }
    }
}

fn kept() -> Markup {
    html! {
        ul class="govuk-list govuk-list--bullet" {
            li { "The record of a child who was looked after: until 75 years after birth; of a child who died before 18, 15 years after the death (regulation 50 of the 2010 Regulations). Then it is erased." }
            li { "Nothing in it is overwritten before: a mistake is corrected, and what was said before stays to be seen, with who changed it and why." }
            li { "Records of homes, contracts and staff: as long as the records of the children who lived there must be understood." }
            li { "Who looked at a record: as long as the record." }
        }
    }
}

fn seen() -> Markup {
    html! {
        ul class="govuk-list govuk-list--bullet" {
            li { "Those who need it for their work, each by their role. A social worker sees the children with whom they work; those who plan or pay see numbers and not names." }
            li { "Names are opened by a permission of their own. Every reading of a child’s record is in a log that cannot be altered unseen, and that the child’s people can look at." }
            li { "Some records are open to their own workers alone, for instance after an adoption. Whoever is related to a child, or bound to a provider, is kept out." }
            li { "Ofsted, a court, the police or an auditor where the law lets them." }
            li { "Other authorities that use the same system do not see these records." }
        }
    }
}

fn rights() -> Markup {
    html! {
        ul class="govuk-list govuk-list--bullet" {
            li { "To see what is kept about you, and to have a copy: free, and within a month in most cases. Children can ask, too, and somebody can ask for them." }
            li { "To have what is wrong put right, or your own words put beside it." }
            li { "To object, or to ask that use be limited or something be erased. Where the law says that a record must be kept, it stays." }
            li { "Care leavers can ask for their records at any age." }
        }
    }
}
