//! The views and their columns, as `docs/reporting.md` describes them.

/// A view for analysts.
#[derive(Clone, Copy, Debug)]
pub struct ViewMade {
    /// Its name after `reporting.` or `reporting_`.
    pub name: &'static str,
    /// What a row is.
    pub about: &'static str,
    /// Each column, what is in its cell, and what that means.
    pub columns: &'static [(&'static str, &'static str, &'static str)],
    /// The tables beneath; `t` has the authority.
    pub from: &'static str,
}

const AUTHORITY: (&str, &str, &str) = ("authority", "a.name", "Whose record it is.");

/// Every view, by name.
pub const VIEWS: &[ViewMade] = &[
    ViewMade {
        name: "alerts",
        about: "Something that somebody must look at; open while nothing stands in resolved.",
        columns: &[
            AUTHORITY,
            ("alert_id", "t.id", "Identity."),
            ("setting_id", "t.setting", "Of which home: homes.setting_id; empty for a foster home, or a home on no register."),
            ("foster_home_id", "t.foster_home", "Of which foster home: foster_homes.foster_home_id."),
            ("child_id", "t.child", "About which child; empty for an alert about the home alone."),
            ("kind", "t.kind", "What it is about."),
            ("since", "t.since", "Day from which it stands."),
            ("due", "t.due", "Day by which somebody must have looked."),
            ("role", "t.role", "Whose work it is."),
            ("resolved", "t.resolved", "Day on which it was resolved."),
        ],
        from: "alert t JOIN authority a ON a.id = t.authority",
    },
    ViewMade {
        name: "capacity_events",
        about: "Beds of a home that cannot be used for a time.",
        columns: &[
            AUTHORITY,
            ("setting_id", "t.setting", "Of which home: homes.setting_id."),
            ("starts", "t.starts", "First night."),
            ("ends", "t.ends", "Day on which they can be used again; empty while nobody knows."),
            ("beds", "t.beds", "How many."),
            ("reason", "t.reason", "Why."),
        ],
        from: "capacity_event t JOIN authority a ON a.id = t.authority",
    },
    ViewMade {
        name: "children",
        about: "A child whose case is on record, without name, address, reference and day of birth.",
        columns: &[
            AUTHORITY,
            ("child_id", "t.id", "Identity in this record, and nowhere else."),
            ("birth_month", "substr(CAST(t.born AS text), 1, 7)", "Year and month of birth."),
            ("sex", "t.sex", "Code of the return."),
            ("ethnicity", "t.ethnicity", "Code of the return."),
            ("asylum", "t.asylum", "never, always, until the day it ended, or not-known: unaccompanied asylum-seeking child."),
            (
                "restricted",
                "t.restricted",
                "Whether only those allocated may open the case; such a child counts and is not to be looked for.",
            ),
        ],
        from: "child t JOIN authority a ON a.id = t.authority",
    },
    ViewMade {
        name: "foster_homes",
        about: "A foster household, without its reference, address and ethnicity.",
        columns: &[
            AUTHORITY,
            ("foster_home_id", "t.id", "Identity."),
            ("provider_id", "t.provider", "Whose carers: providers.provider_id."),
            ("stage", "t.stage", "How far from enquiry to approval or end."),
            ("enquired", "t.enquired", "Day of the enquiry."),
            ("approved", "t.approved", "Day of approval."),
            ("ended", "t.ended", "Day on which approval ended."),
            ("places", "t.places", "Children that it is approved for."),
            ("youngest", "t.youngest", "From this age, in whole years."),
            ("oldest", "t.oldest", "To this age, in whole years."),
            ("takes", "t.takes", "Whom it takes."),
            ("care", "t.care", "What it is approved for."),
            ("scheme", "t.scheme", "The scheme that it belongs to."),
        ],
        from: "foster_home t JOIN authority a ON a.id = t.authority",
    },
    ViewMade {
        name: "health_assessments",
        about: "A health assessment or check of a child, without what was found.",
        columns: &[
            AUTHORITY,
            ("child_id", "t.child", "Of which child: children.child_id."),
            ("kind", "t.kind", "What was looked at: initial, review, dental, immunisations or sdq."),
            ("due", "t.due", "Day by which it had to be held; empty where none was set."),
            ("held", "t.held", "Day on which it was held; empty until it was."),
            ("assessor", "t.assessor", "Who carried it out: an initial assessment is a doctor's."),
            ("score", "t.score", "Total difficulties score of a questionnaire, 0 to 40; empty where there is none."),
        ],
        from: "health_assessment t JOIN authority a ON a.id = t.authority",
    },
    ViewMade {
        name: "homes",
        about: "A home, agency or service, with what its registration says and how it was judged last.",
        columns: &[
            AUTHORITY,
            ("setting_id", "t.id", "Identity."),
            ("urn", "t.urn", "Ofsted's number; empty where it has none."),
            ("name", "t.name", "Its name."),
            ("kind", "t.kind", "What it is."),
            ("provider_id", "t.provider", "Who runs it: providers.provider_id."),
            ("area", "t.area", "The Department's number of the authority in which it lies."),
            ("registration", "t.registration", "State of its registration."),
            ("opened", "t.opened", "First day on the register."),
            ("closed", "t.closed", "First day on which it is no longer open."),
            (
                "places",
                "(SELECT m.places FROM terms m WHERE m.setting = t.id AND m.starts <= CURRENT_DATE ORDER BY m.starts DESC LIMIT 1)",
                "Registered places today; empty for agencies and services.",
            ),
            (
                "judged",
                "(SELECT j.overall FROM judgement j WHERE j.setting = t.id ORDER BY j.day DESC LIMIT 1)",
                "The last judgement; empty where there is none, which is not Good.",
            ),
            ("judged_on", "(SELECT max(j.day) FROM judgement j WHERE j.setting = t.id)", "Its day."),
        ],
        from: "setting t JOIN authority a ON a.id = t.authority",
    },
    ViewMade {
        name: "judgements",
        about: "What an inspection found.",
        columns: &[
            AUTHORITY,
            ("setting_id", "t.setting", "Of which home; empty where it is of the provider as a whole."),
            ("provider_id", "t.provider", "Of which provider: providers.provider_id."),
            ("day", "t.day", "Day of the inspection."),
            ("overall", "t.overall", "Grade or outcome."),
            ("protected", "t.protected", "How well children are helped and protected."),
            ("leaders", "t.leaders", "Leaders and managers."),
        ],
        from: "judgement t JOIN authority a ON a.id = t.authority",
    },
    ViewMade {
        name: "legal_statuses",
        about: "By which law a child is looked after, from one day to another.",
        columns: &[
            AUTHORITY,
            ("child_id", "t.child", "Which child: children.child_id."),
            ("status", "t.status", "Code of the return."),
            ("need", "t.need", "Category of need, code of the return."),
            ("starts", "t.starts", "First day."),
            ("ends", "t.ends", "Day on which it ended; empty while it holds."),
        ],
        from: "legal_status t JOIN authority a ON a.id = t.authority",
    },
    ViewMade {
        name: "periods_of_care",
        about: "A time in care, or of short breaks.",
        columns: &[
            AUTHORITY,
            ("child_id", "t.child", "Which child: children.child_id."),
            ("kind", "t.kind", "care, or short-breaks, which no count of children looked after includes."),
            ("starts", "t.starts", "First day."),
            ("ends", "t.ends", "Day on which it ended; empty while it goes on."),
            ("ceased", "t.ceased", "Why it ended, code of the return."),
        ],
        from: "period_of_care t JOIN authority a ON a.id = t.authority",
    },
    ViewMade {
        name: "placements",
        about: "A stay in one home. The day it starts is a night there, the day it ends is none.",
        columns: &[
            AUTHORITY,
            ("placement_id", "t.id", "Identity."),
            ("child_id", "t.child", "Which child: children.child_id."),
            ("kind", "t.kind", "Type of home, code of the return; T… is temporary and lies within another stay."),
            ("provider", "t.provider", "Whose home, code of the return."),
            ("urn", "t.urn", "Ofsted's number of the home; empty where it has none."),
            (
                "setting_id",
                "(SELECT s.id FROM setting s WHERE s.authority = t.authority AND s.urn = t.urn AND t.urn <> '')",
                "The home in this record, where its number is known here: homes.setting_id.",
            ),
            ("starts", "t.starts", "First night."),
            ("ends", "t.ends", "Day on which it ended; empty while it goes on."),
            ("ended", "t.ended", "Why it ended, code of the return."),
        ],
        from: "placement t JOIN authority a ON a.id = t.authority",
    },
    ViewMade {
        name: "providers",
        about: "Who runs homes.",
        columns: &[
            AUTHORITY,
            ("provider_id", "t.id", "Identity."),
            ("name", "t.name", "The name that it goes by."),
            ("legal_name", "t.legal_name", "The legal entity that signs."),
            ("company", "t.company", "Its number at Companies House."),
            ("sector", "t.sector", "Who it is."),
            ("status", "t.status", "How far the authority works with it."),
        ],
        from: "provider t JOIN authority a ON a.id = t.authority",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn views_stand_by_name_and_each_column_is_explained() {
        assert!(VIEWS.is_sorted_by_key(|view| view.name));
        for view in VIEWS {
            assert!(view.about.ends_with('.') && view.columns[0] == AUTHORITY, "{}", view.name);
            assert!(view.columns.iter().all(|(_, _, about)| about.ends_with('.')), "{}", view.name);
        }
    }

    #[test]
    fn nothing_that_names_a_child_is_in_a_view() {
        for view in VIEWS {
            for (column, cell, _) in view.columns {
                for kept_back in ["t.postcode", "t.words", "t.note", "t.conditions", "t.outcome"] {
                    assert_ne!(*cell, kept_back, "{}.{column}", view.name);
                }
            }
        }
        let children = VIEWS.iter().find(|view| view.name == "children").unwrap();
        assert!(children.columns.iter().all(|(_, cell, _)| *cell != "t.reference" && *cell != "t.born"));
    }
}
