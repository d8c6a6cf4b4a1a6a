//! A small provider of single sign-on that listens on a socket. It says what a test has it say, also what no honest provider would.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use openidconnect::core::{CoreIdToken, CoreIdTokenClaims, CoreJsonWebKeySet, CoreJwsSigningAlgorithm, CoreRsaPrivateSigningKey};
use openidconnect::{
    Audience, AuthenticationMethodReference, EmptyAdditionalClaims, EndUserEmail, IssuerUrl, JsonWebKeyId, Nonce, PkceCodeChallenge,
    PkceCodeVerifier, PrivateSigningKey as _, StandardClaims, SubjectIdentifier,
};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

const KEY: &str = include_str!("../fixtures/provider.key");

/// The moment of the tests: 1 June 2026, noon by Greenwich.
pub(crate) const NOW: i64 = 1_780_315_200;

/// What the provider says of whoever comes.
#[derive(Clone, Debug)]
pub(crate) struct Says {
    pub(crate) subject: &'static str,
    pub(crate) email: Option<&'static str>,
    pub(crate) verified: Option<bool>,
    pub(crate) methods: Vec<&'static str>,
    pub(crate) audience: &'static str,
    /// In place of its own address.
    pub(crate) issuer: Option<&'static str>,
    /// In place of the one that was asked for.
    pub(crate) nonce: Option<&'static str>,
    pub(crate) expires: i64,
    pub(crate) seal: Seal,
}

/// How the token is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Seal {
    /// As it should be.
    Good,
    /// Not at all: `alg` is `none`.
    None,
    /// With words changed after signing.
    Broken,
}

impl Default for Says {
    fn default() -> Self {
        Self {
            subject: "subject-1",
            email: Some("ada@example.gov.uk"),
            verified: Some(true),
            methods: Vec::new(),
            audience: "placewell",
            issuer: None,
            nonce: None,
            expires: NOW + 300,
            seal: Seal::Good,
        }
    }
}

/// A provider that listens.
#[derive(Clone)]
pub(crate) struct TestProvider {
    pub(crate) issuer: String,
    says: Arc<Mutex<Says>>,
    /// What each code was given out for: nonce and challenge.
    codes: Arc<Mutex<BTreeMap<String, (String, String)>>>,
}

fn key() -> CoreRsaPrivateSigningKey {
    CoreRsaPrivateSigningKey::from_pem(KEY, Some(JsonWebKeyId::new("test".to_owned()))).unwrap()
}

impl TestProvider {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer = format!("http://127.0.0.1:{}", listener.local_addr().unwrap().port());
        let provider = Self { issuer, says: Arc::default(), codes: Arc::default() };
        let serving = provider.clone();
        tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                tokio::spawn(serving.clone().answer(socket));
            }
        });
        provider
    }

    /// From now on it says this.
    pub(crate) fn say(&self, says: Says) {
        *self.says.lock().unwrap() = says;
    }

    /// What a browser that was sent to this address comes back with: the state and a code.
    pub(crate) fn signed_in_at(&self, address: &str) -> (String, String) {
        let query = address.split_once('?').unwrap().1;
        let asked: BTreeMap<String, String> = query
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .map(|(name, value)| (name.to_owned(), value.replace("%3A", ":").replace("%2F", "/")))
            .collect();
        assert_eq!((asked["client_id"].as_str(), asked["code_challenge_method"].as_str()), ("placewell", "S256"));
        let mut codes = self.codes.lock().unwrap();
        let code = format!("code-{}", codes.len());
        codes.insert(code.clone(), (asked["nonce"].clone(), asked["code_challenge"].clone()));
        (asked["state"].clone(), code)
    }

    async fn answer(self, mut socket: TcpStream) -> Option<()> {
        let mut read = Vec::new();
        let request = loop {
            let mut piece = [0; 4096];
            let count = socket.read(&mut piece).await.ok()?;
            read.extend_from_slice(&piece[..count]);
            let text = String::from_utf8_lossy(&read).into_owned();
            if let Some((head, body)) = text.split_once("\r\n\r\n") {
                let length = head.lines().find_map(|line| line.to_lowercase().strip_prefix("content-length: ")?.parse().ok()).unwrap_or(0);
                if body.len() >= length {
                    break text;
                }
            }
            if count == 0 {
                return None;
            }
        };
        let (status, body) = self.page(&request);
        let head =
            format!("HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", body.len());
        socket.write_all((head + &body).as_bytes()).await.ok()
    }

    fn page(&self, request: &str) -> (&'static str, String) {
        let issuer = &self.issuer;
        match request.split(' ').nth(1).unwrap_or_default() {
            "/.well-known/openid-configuration" => (
                "200 OK",
                // It boasts of signatures that nobody should take.
                format!(
                    r#"{{"issuer":"{issuer}","authorization_endpoint":"{issuer}/authorize","token_endpoint":"{issuer}/token","jwks_uri":"{issuer}/keys",
                       "response_types_supported":["code"],"subject_types_supported":["public"],
                       "id_token_signing_alg_values_supported":["RS256","none","HS256"]}}"#
                ),
            ),
            "/keys" => ("200 OK", serde_json::to_string(&CoreJsonWebKeySet::new(vec![key().as_verification_key()])).unwrap()),
            "/token" => self.token(request),
            _ => ("404 Not Found", "{}".to_owned()),
        }
    }

    fn token(&self, request: &str) -> (&'static str, String) {
        let body = request.split_once("\r\n\r\n").map(|(_, body)| body).unwrap_or_default();
        let field = |name: &str| body.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('=')).unwrap_or_default().to_owned();
        let known = self.codes.lock().unwrap().remove(&field("code"));
        let challenge = PkceCodeChallenge::from_code_verifier_sha256(&PkceCodeVerifier::new(field("code_verifier")));
        match known {
            Some((nonce, asked)) if challenge.as_str() == asked => {
                let token = self.identity(&nonce);
                ("200 OK", format!(r#"{{"access_token":"a","token_type":"Bearer","id_token":"{token}"}}"#))
            }
            _ => ("400 Bad Request", r#"{"error":"invalid_grant"}"#.to_owned()),
        }
    }

    fn identity(&self, nonce: &str) -> String {
        let says = self.says.lock().unwrap().clone();
        let at = |seconds| chrono::DateTime::from_timestamp(seconds, 0).unwrap();
        let who = StandardClaims::new(SubjectIdentifier::new(says.subject.to_owned()))
            .set_email(says.email.map(|email| EndUserEmail::new(email.to_owned())))
            .set_email_verified(says.verified);
        let methods = says.methods.iter().map(|method| AuthenticationMethodReference::new((*method).to_owned())).collect();
        let claims = CoreIdTokenClaims::new(
            IssuerUrl::new(says.issuer.map_or_else(|| self.issuer.clone(), str::to_owned)).unwrap(),
            vec![Audience::new(says.audience.to_owned())],
            at(says.expires),
            at(NOW - 60),
            who,
            EmptyAdditionalClaims {},
        )
        .set_nonce(Some(Nonce::new(says.nonce.map_or_else(|| nonce.to_owned(), str::to_owned))))
        .set_auth_method_refs(Some(methods));
        let token = CoreIdToken::new(claims, &key(), CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256, None, None).unwrap().to_string();
        let parts: Vec<&str> = token.split('.').collect();
        match says.seal {
            Seal::Good => token,
            // {"alg":"none"}
            Seal::None => format!("eyJhbGciOiJub25lIn0.{}.", parts[1]),
            Seal::Broken => format!("{}.{}.{}", parts[0], parts[1], parts[2].chars().rev().collect::<String>()),
        }
    }
}
