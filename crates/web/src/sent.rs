//! Files that a form sends.

use std::collections::BTreeMap;

use axum::extract::Multipart;
use axum::extract::multipart::MultipartError;
use axum::http::StatusCode;

use crate::error::Error;

/// Largest form with a file. A list of homes or prices has a few hundred lines; ten thousand fit.
pub(crate) const MOST_BYTES: usize = 2 * 1024 * 1024;

/// A file as sent.
#[derive(Debug)]
pub(crate) struct Sent {
    /// The name that it had where it came from, without folders.
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
}

/// The file of the field `file`; nothing where none was chosen, which a browser sends as an empty one.
pub(crate) async fn file(mut form: Multipart) -> Result<Option<Sent>, Error> {
    while let Some(field) = form.next_field().await.map_err(|fault| unreadable(&fault))? {
        if field.name() != Some("file") {
            continue;
        }
        let name = field.file_name().map(plain_name).unwrap_or_default();
        let bytes = field.bytes().await.map_err(|fault| unreadable(&fault))?.to_vec();
        return Ok((!name.is_empty() && !bytes.is_empty()).then_some(Sent { name, bytes }));
    }
    Ok(None)
}

/// Every file of a form, and the words of its other fields by name. Files are held in memory alone, and are gone when the form is answered.
pub(crate) async fn files(mut form: Multipart, most: usize) -> Result<(Vec<Sent>, BTreeMap<String, String>), Error> {
    let (mut files, mut words) = (Vec::new(), BTreeMap::new());
    let too_large = |fault: MultipartError| {
        let large = fault.status() == StatusCode::PAYLOAD_TOO_LARGE;
        let said = format!("The files are larger than {} MB together. Send one at a time, or fewer years.", most / 1024 / 1024);
        if large { Error::Unreadable(said) } else { unreadable(&fault) }
    };
    while let Some(field) = form.next_field().await.map_err(too_large)? {
        let named = field.name().unwrap_or_default().to_owned();
        let file = field.file_name().map(plain_name);
        let bytes = field.bytes().await.map_err(too_large)?;
        match file {
            Some(name) if !name.is_empty() => files.push(Sent { name, bytes: bytes.to_vec() }),
            Some(_) => {}
            None => {
                words.insert(named, String::from_utf8_lossy(&bytes).into_owned());
            }
        }
    }
    Ok((files, words))
}

fn unreadable(fault: &MultipartError) -> Error {
    if fault.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return Error::Unreadable(format!(
            "The file is larger than {} MB. Send a list of homes, prices or levers, not the returns.",
            MOST_BYTES / 1024 / 1024
        ));
    }
    Error::Unreadable("The form did not arrive whole. Send it again.".to_owned())
}

/// Letters, digits, spaces and a few marks of the last part of a path, so that a name can stand in a page, a header and a sentence.
fn plain_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = last.chars().filter(|letter| letter.is_alphanumeric() || " ._-()".contains(*letter)).take(80).collect();
    plain.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_keeps_its_words_and_loses_its_folders() {
        let cases = [
            ("supply.csv", "supply.csv"),
            ("C:\\homes\\Homes (2026).csv", "Homes (2026).csv"),
            ("../../etc/pass\"wd\r\n", "passwd"),
            ("", ""),
        ];
        for (given, kept) in cases {
            assert_eq!(plain_name(given), kept);
        }
    }
}
