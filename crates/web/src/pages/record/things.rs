//! Homes, foster homes and providers as their histories tell them; they have forms of their own.

use domain::Day;
use domain::foster_home::FosterHome;
use domain::provider::Provider;
use domain::setting::Setting;
use service::record::Names;

use super::fact::Told;

fn day(day: Option<Day>) -> String {
    day.map_or_else(|| "–".to_owned(), Day::long)
}

fn postcode(postcode: Option<domain::Postcode>) -> String {
    postcode.map_or_else(|| "not known".to_owned(), |postcode| postcode.to_string())
}

impl Told for Setting {
    const ROOM: &'static str = "/homes";
    const WORD: &'static str = "home";
    const TITLE: &'static str = "Home";

    fn told(&self, names: &Names) -> Vec<(&'static str, String)> {
        vec![
            ("Name", self.name.clone()),
            ("Provider", names.provider(self.provider).to_owned()),
            ("What it is", self.kind.label().to_owned()),
            ("Ofsted's number", self.urn.to_string()),
            ("Registration", self.registration.label().to_owned()),
            ("Open since", day(self.opened)),
            ("Closed", day(self.closed)),
            ("Postcode", postcode(self.postcode)),
        ]
    }

    fn page(&self) -> String {
        format!("/homes/{}", self.id)
    }

    fn list(&self) -> String {
        "/homes".to_owned()
    }

    fn corrected_at(&self) -> Option<String> {
        Some(format!("/homes/{}/correct", self.id))
    }
}

impl Told for FosterHome {
    const ROOM: &'static str = "/homes";
    const WORD: &'static str = "foster-home";
    const TITLE: &'static str = "Foster home";

    fn told(&self, names: &Names) -> Vec<(&'static str, String)> {
        vec![
            ("Reference", self.reference.clone()),
            ("Service or agency", names.provider(self.provider).to_owned()),
            ("Stage", self.stage.label().to_owned()),
            ("Enquired", day(self.enquired)),
            ("Approved", day(self.approved)),
            ("Left", day(self.ended)),
            ("Approved for", self.care.label().to_owned()),
            ("Children", self.places.to_string()),
            ("Ages", format!("{} to {}", self.youngest, self.oldest)),
            ("Scheme", self.scheme.clone()),
        ]
    }

    fn page(&self) -> String {
        format!("/foster-homes/{}", self.id)
    }

    fn list(&self) -> String {
        "/foster-homes".to_owned()
    }

    fn corrected_at(&self) -> Option<String> {
        Some(format!("/foster-homes/{}/correct", self.id))
    }
}

impl Told for Provider {
    const ROOM: &'static str = "/providers";
    const WORD: &'static str = "provider";
    const TITLE: &'static str = "Provider";

    fn told(&self, _: &Names) -> Vec<(&'static str, String)> {
        vec![
            ("Name", self.name.clone()),
            ("Legal name", self.legal_name.clone()),
            ("Company number", self.company.to_string()),
            ("Sector", self.sector.label().to_owned()),
            ("Status", self.status.label().to_owned()),
        ]
    }

    fn page(&self) -> String {
        format!("/providers/{}", self.id)
    }

    fn list(&self) -> String {
        "/providers".to_owned()
    }

    fn corrected_at(&self) -> Option<String> {
        Some(format!("/providers/{}/correct", self.id))
    }
}
