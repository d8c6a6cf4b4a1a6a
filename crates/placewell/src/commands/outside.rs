//! `[mail]` and `[sign_on]` in the configuration of `serve`: the machines that Placewell asks for something.

use std::net::IpAddr;
use std::path::{Path, PathBuf};

use network::oidc::{self, Provider};
use network::smtp::{self, Server};
use serde::Deserialize;
use service::people::{Counts, SignOn};

use crate::commands::file;

/// `[mail]`: the authority's mail server.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Mail {
    /// Its name, which its certificate must carry.
    host: String,
    /// Its port; 587, or 465 with `tls`, or 25 with `none`, if it is left out.
    port: Option<u16>,
    /// `starttls` unless it says `tls`, or `none` for a server on this machine.
    #[serde(default)]
    security: Security,
    /// The name to sign in with, where it asks for one.
    user: Option<String>,
    /// A file with the password alone.
    password_file: Option<PathBuf>,
    /// Who the mail is from.
    from: String,
    /// A file with one more authority whose certificates are trusted (PEM).
    authority: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Security {
    #[default]
    StartTls,
    Tls,
    None,
}

/// `[sign_on]`: the organisation's own sign-in.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Provided {
    /// What people call it: `Nottingham account`.
    name: String,
    /// The provider's address, as it stands in its tokens.
    issuer: String,
    /// What it calls Placewell.
    client_id: String,
    /// A file with the secret alone, where it asks for one.
    client_secret_file: Option<PathBuf>,
    /// Words in `amr` or `acr` of its tokens at which its second factor counts as ours; none unless some are named.
    #[serde(default)]
    second_factor: Vec<String>,
    /// A file with one more authority whose certificates are trusted (PEM).
    authority: Option<PathBuf>,
}

impl Mail {
    /// The server, with files meant from beside the configuration.
    pub(crate) fn server(self, beside: impl Fn(PathBuf) -> PathBuf) -> anyhow::Result<Server> {
        let (security, port) = match self.security {
            Security::StartTls => (smtp::Security::StartTls, 587),
            Security::Tls => (smtp::Security::Tls, 465),
            Security::None if is_here(&self.host) => (smtp::Security::None, 25),
            Security::None => anyhow::bail!(
                "[mail] security = \"none\" would send links that open accounts over the network in the clear. Use \"starttls\" or \"tls\", \
                 or a server on this machine: host = \"127.0.0.1\"."
            ),
        };
        let credentials = match (self.user, self.password_file) {
            (Some(user), Some(path)) => Some((user, secret(&beside(path))?)),
            (None, None) => None,
            _ => anyhow::bail!("[mail] has a user without a password_file, or the other way round. Give both or neither."),
        };
        let authority = self.authority.map(|path| file::read(&beside(path))).transpose()?;
        let port = self.port.unwrap_or(port);
        let settings = smtp::Settings { host: self.host, port, security, credentials, from: self.from, authority };
        Server::new(&settings).map_err(|fault| anyhow::anyhow!("[mail] cannot be used: {fault}."))
    }
}

impl Provided {
    /// The provider for pages at an address, with files meant from beside the configuration.
    pub(crate) fn sign_on(self, address: &str, beside: impl Fn(PathBuf) -> PathBuf) -> anyhow::Result<SignOn> {
        let host = self.issuer.strip_prefix("http://").map(|rest| rest.split(['/', ':']).next().unwrap_or_default());
        if !self.issuer.starts_with("https://") && !host.is_some_and(is_here) {
            anyhow::bail!("[sign_on] issuer = \"{}\" must begin with https://: whoever stands between could let anybody in.", self.issuer);
        }
        let client_secret = self.client_secret_file.map(|path| secret(&beside(path))).transpose()?;
        let authority = self.authority.map(|path| file::read(&beside(path))).transpose()?;
        let redirect = format!("{address}/sign-in/provider/back");
        let settings = oidc::Settings { issuer: self.issuer, client_id: self.client_id, client_secret, redirect, authority };
        let provider = Provider::new(settings).map_err(|fault| anyhow::anyhow!("[sign_on] cannot be used: {fault}."))?;
        let counts = if self.second_factor.is_empty() { Counts::Never } else { Counts::Naming(self.second_factor) };
        Ok(SignOn::new(provider, self.name, counts))
    }
}

/// Whether a host is this machine.
fn is_here(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// A secret in a file of its own: configurations are copied about.
fn secret(path: &Path) -> anyhow::Result<String> {
    let bytes = file::read(path)?;
    let text = String::from_utf8_lossy(&bytes).trim().to_owned();
    anyhow::ensure!(!text.is_empty(), "{} is empty: it must hold the secret and nothing else.", path.display());
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_opens_accounts_travels_in_the_clear() {
        let mail = |host: &str, security: &str| {
            let text = format!("host = \"{host}\"\nsecurity = \"{security}\"\nfrom = \"Placewell <placewell@example.gov.uk>\"");
            network::ready();
            toml::from_str::<Mail>(&text).unwrap().server(|path| path).map(|_| ())
        };
        assert!(mail("smtp.example.gov.uk", "none").unwrap_err().to_string().contains("in the clear"));
        assert!(mail("127.0.0.1", "none").is_ok() && mail("smtp.example.gov.uk", "starttls").is_ok());
        let sign_on = |issuer: &str| {
            let text = format!("name = \"Example account\"\nissuer = \"{issuer}\"\nclient_id = \"placewell\"");
            toml::from_str::<Provided>(&text).unwrap().sign_on("https://placewell.example.gov.uk", |path| path).map(|_| ())
        };
        for (issuer, good) in [
            ("https://login.example.gov.uk", true),
            ("http://127.0.0.1:9000", true),
            ("http://login.example.gov.uk", false),
            ("http://localhost.example.org", false),
            ("ftp://127.0.0.1", false),
        ] {
            assert_eq!(sign_on(issuer).is_ok(), good, "{issuer}");
        }
    }
}
