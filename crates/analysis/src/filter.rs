//! `FIELD=VALUE`: which children are meant.

use crate::field::{Category, Field, UNKNOWN, UNKNOWN_KEY};

/// Conditions that must all hold. Several values of one field are alternatives: `sex=female sex=male age=15` means children of 15 of either sex.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    conditions: Vec<(Field, Vec<Category>)>,
}

/// Why a condition cannot be understood, with what would be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FilterError {
    /// There is no `=`.
    #[error("\"{0}\" is not a condition: write FIELD=VALUE, for example sex=female")]
    NoEquals(String),
    /// There is no such field.
    #[error("there is no field \"{name}\": use one of {allowed}")]
    Field {
        /// As given.
        name: String,
        /// The fields there are.
        allowed: String,
    },
    /// The field has no such value.
    #[error("{field} has no value \"{value}\": use one of {allowed}")]
    Value {
        /// Field name.
        field: &'static str,
        /// As given.
        value: String,
        /// The values there are.
        allowed: String,
    },
}

impl Filter {
    /// Reads conditions; `authorities` are those of the history. Keys, labels, F and M, and authority names do for values, capitals or
    /// not.
    pub fn parse<'a>(conditions: impl IntoIterator<Item = &'a str>, authorities: &[String]) -> Result<Self, FilterError> {
        let mut filter = Self::default();
        for condition in conditions {
            let (name, value) = condition.split_once('=').ok_or_else(|| FilterError::NoEquals(condition.to_owned()))?;
            let field = Field::parse(name)
                .ok_or_else(|| FilterError::Field { name: name.trim().to_owned(), allowed: Field::ALL.map(Field::name).join(", ") })?;
            let category = category(field, value.trim(), authorities).ok_or_else(|| FilterError::Value {
                field: field.name(),
                value: value.trim().to_owned(),
                allowed: allowed(field, authorities),
            })?;
            filter.also(field, category);
        }
        Ok(filter)
    }

    /// Adds a condition.
    pub fn also(&mut self, field: Field, category: Category) {
        match self.conditions.iter_mut().find(|(known, _)| *known == field) {
            Some((_, categories)) if categories.contains(&category) => {}
            Some((_, categories)) => categories.push(category),
            None => self.conditions.push((field, vec![category])),
        }
    }

    /// Whether every child is meant.
    pub fn is_empty(&self) -> bool {
        self.conditions.is_empty()
    }

    /// Whether a child is meant, given its category in a field.
    pub fn admits(&self, category: impl Fn(Field) -> Category) -> bool {
        self.conditions.iter().all(|(field, categories)| categories.contains(&category(*field)))
    }

    /// The categories that a field is limited to, if it is.
    pub fn limit(&self, field: Field) -> Option<&[Category]> {
        self.conditions.iter().find(|(known, _)| *known == field).map(|(_, categories)| categories.as_slice())
    }
}

fn category(field: Field, value: &str, authorities: &[String]) -> Option<Category> {
    if value.eq_ignore_ascii_case(UNKNOWN_KEY) && field != Field::Authority {
        return Some(UNKNOWN);
    }
    let at = match field {
        Field::Authority => authorities.iter().position(|name| name.trim().eq_ignore_ascii_case(value)),
        _ => field.categories().iter().position(|named| {
            // The return's own codes, F and M, are the initials.
            let is_code = field == Field::Sex && named.label[..1].eq_ignore_ascii_case(value);
            is_code || named.key.eq_ignore_ascii_case(value) || named.label.eq_ignore_ascii_case(value)
        }),
    };
    at.map(|at| at as Category)
}

fn allowed(field: Field, authorities: &[String]) -> String {
    match field {
        Field::Authority => authorities.join(", "),
        _ => field.categories().iter().map(|named| named.key).chain([UNKNOWN_KEY]).collect::<Vec<_>>().join(", "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_known_by_key_and_label() {
        let authorities = ["Nottingham".to_owned(), "Derby".to_owned()];
        let filter = Filter::parse(["sex=Female", "age_band=16_PLUS", "age_band=10 to 15 years", "authority=derby"], &authorities).unwrap();
        assert_eq!(filter.limit(Field::AgeBand), Some(&[4, 3][..]));
        assert_eq!(Filter::parse(["sex=F"], &[]), Filter::parse(["sex=female"], &[]), "as the return codes it");
        assert!(filter.admits(|field| match field {
            Field::Sex => 0,
            Field::AgeBand => 3,
            Field::Authority => 1,
            _ => UNKNOWN,
        }));
        assert!(!filter.admits(|_| 1));
    }

    #[test]
    fn a_bad_condition_is_told_what_would_do() {
        let error = |text| Filter::parse([text], &[]).unwrap_err().to_string();
        assert_eq!(error("female"), "\"female\" is not a condition: write FIELD=VALUE, for example sex=female");
        assert!(error("colour=red").contains("age_band, age, sex"));
        assert_eq!(error("sex=x"), "sex has no value \"x\": use one of female, male, unknown");
        assert_eq!(Filter::parse(["locality=unknown"], &[]).unwrap().limit(Field::Locality), Some(&[UNKNOWN][..]));
    }
}
