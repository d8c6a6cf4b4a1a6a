//! Style, script and icon, held in the binary. Their addresses carry a digest of their content, so browsers keep them for ever.

use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use report::html::block_css;
use sha2::{Digest, Sha256};

use crate::error::Error;

/// GOV.UK Frontend first, then the blocks that pages share with documents, then ours, as one file: one request.
pub(crate) static STYLE: LazyLock<Asset> = LazyLock::new(|| {
    let (base, ours) = (include_str!("../assets/govuk-frontend.min.css"), include_str!("../assets/placewell.css"));
    Asset::new("style", "css", "text/css; charset=utf-8", [base, &block_css(), ours].concat())
});
pub(crate) static SCRIPT: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("placewell", "js", "text/javascript; charset=utf-8", include_str!("../assets/placewell.js").to_owned()));
pub(crate) static ICON: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("icon", "svg", "image/svg+xml", include_str!("../assets/icon.svg").to_owned()));

/// The licence of what others wrote here; shown on the page of notices.
pub(crate) const GOVUK_FRONTEND_LICENCE: &str = include_str!("../assets/GOVUK-FRONTEND-LICENCE.txt");

/// One file that pages load.
pub(crate) struct Asset {
    name: String,
    content_type: &'static str,
    text: String,
}

impl Asset {
    fn new(stem: &str, ending: &str, content_type: &'static str, text: String) -> Self {
        let digest = format!("{:x}", Sha256::digest(&text));
        Self { name: format!("{stem}-{}.{ending}", &digest[..16]), content_type, text }
    }

    /// The address on this host.
    pub(crate) fn path(&self) -> String {
        format!("/assets/{}", self.name)
    }
}

/// `GET /assets/{name}`
pub(crate) async fn show(Path(name): Path<String>) -> Result<Response, Error> {
    let asset = [&STYLE, &SCRIPT, &ICON].into_iter().find(|asset| asset.name == name).ok_or(Error::NotFound)?;
    let headers = [(CONTENT_TYPE, asset.content_type), (CACHE_CONTROL, "public, max-age=31536000, immutable")];
    Ok((headers, asset.text.as_str()).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_style_brings_no_brand_of_the_government_and_loads_nothing() {
        for absent in ["GDS Transport", "@font-face", "crest", "url(", "@import", "sourceMappingURL"] {
            assert!(!STYLE.text.contains(absent), "{absent}");
        }
    }

    #[test]
    fn an_address_changes_with_the_content() {
        let [one, other] = ["a{}", "b{}"].map(|text| Asset::new("style", "css", "text/css", text.to_owned()).path());
        assert_ne!(one, other);
    }
}
