//! Single sign-on by OpenID Connect: the code flow with PKCE. The provider says who somebody is; what they may do is decided here and never there.
//!
//! What one attempt is bound to (state, nonce and the verifier of PKCE) is made by the caller and kept by the caller in the browser that began it.

use std::pin::Pin;
use std::time::Duration;

use chrono::{DateTime, Utc};
use openidconnect::core::{CoreAuthenticationFlow, CoreClient, CoreJwsSigningAlgorithm, CoreProviderMetadata, CoreUserInfoClaims};
use openidconnect::{
    AsyncHttpClient, AuthorizationCode, ClientId, ClientSecret, CsrfToken, HttpRequest, HttpResponse, IssuerUrl, Nonce,
    OAuth2TokenResponse as _, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope, TokenResponse as _, http,
};
use reqwest::redirect::Policy;

/// How long a provider may take for one answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// Signatures that are believed: those with a key that the provider alone holds. Never `none`, and never one with a shared secret.
const ALGORITHMS: [CoreJwsSigningAlgorithm; 9] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];

/// The provider, and who Placewell is to it.
#[derive(Clone)]
pub struct Settings {
    /// The provider's address, as it stands in its tokens.
    pub issuer: String,
    /// What it calls Placewell.
    pub client_id: String,
    /// What Placewell proves that with, where the provider asks for it.
    pub client_secret: Option<String>,
    /// Where it sends people back to.
    pub redirect: String,
    /// One more authority whose certificates are trusted, as PEM.
    pub authority: Option<Vec<u8>>,
}

/// Without the secret.
impl std::fmt::Debug for Settings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Settings").field("issuer", &self.issuer).field("client_id", &self.client_id).finish_non_exhaustive()
    }
}

/// What one attempt to sign in is bound to. Each is 256 random bits or more in letters and digits.
#[derive(Clone, PartialEq, Eq)]
pub struct Attempt {
    /// What comes back in the address.
    pub state: String,
    /// What comes back in the token.
    pub nonce: String,
    /// What shows that whoever ends the attempt began it (PKCE).
    pub verifier: String,
}

/// Never shown: whoever knows them ends the attempt.
impl std::fmt::Debug for Attempt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Attempt")
    }
}

/// What the provider says of somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claims {
    /// Which provider says so.
    pub issuer: String,
    /// What it calls them, for ever.
    pub subject: String,
    /// Their address.
    pub email: Option<String>,
    /// Whether it has made sure that the address is theirs; nothing where it does not say.
    pub email_verified: Option<bool>,
    /// How they showed who they are (`amr`: `pwd`, `mfa`, `otp`).
    pub methods: Vec<String>,
    /// How sure that is in the provider's own words (`acr`).
    pub context: Option<String>,
}

/// Why nobody was signed in. The words are for the log: they name no person.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// The provider did not answer, or not as one does.
    #[error("the provider of single sign-on cannot be used: {0}")]
    Unreachable(String),
    /// What it answered does not prove who somebody is.
    #[error("the provider's answer proves nothing: {0}")]
    Unproven(String),
}

/// A provider of single sign-on.
#[derive(Clone, Debug)]
pub struct Provider {
    settings: Settings,
    http: Http,
}

fn unreachable(fault: &(dyn std::error::Error + 'static)) -> Failure {
    let mut words = vec![fault.to_string()];
    let mut at = fault.source();
    while let Some(below) = at {
        words.push(below.to_string());
        at = below.source();
    }
    words.dedup();
    Failure::Unreachable(words.join(": "))
}

impl Provider {
    /// The provider with these settings. Connects to nothing yet.
    ///
    /// # Errors
    /// [`Failure::Unreachable`] for a certificate that cannot be read.
    pub fn new(settings: Settings) -> Result<Self, Failure> {
        // Following redirects would let a provider lead us to machines of our own network.
        let mut http = reqwest::Client::builder().redirect(Policy::none()).timeout(PATIENCE);
        if let Some(pem) = &settings.authority {
            let certificate = reqwest::Certificate::from_pem(pem).map_err(|fault| unreachable(&fault))?;
            http = http.add_root_certificate(certificate);
        }
        Ok(Self { settings, http: Http(http.build().map_err(|fault| unreachable(&fault))?) })
    }

    /// Its address, as it stands in its tokens.
    pub fn issuer(&self) -> &str {
        &self.settings.issuer
    }

    /// The address at the provider to which a browser is sent to begin.
    ///
    /// # Errors
    /// [`Failure::Unreachable`].
    pub async fn begin(&self, attempt: &Attempt) -> Result<String, Failure> {
        let metadata = self.metadata().await?;
        let client =
            CoreClient::from_provider_metadata(metadata, self.client_id(), self.client_secret()).set_redirect_uri(self.redirect()?);
        let challenge = PkceCodeChallenge::from_code_verifier_sha256(&PkceCodeVerifier::new(attempt.verifier.clone()));
        let (state, nonce) = (CsrfToken::new(attempt.state.clone()), Nonce::new(attempt.nonce.clone()));
        let flow = CoreAuthenticationFlow::AuthorizationCode;
        let request = client.authorize_url(flow, move || state, move || nonce);
        let (address, ..) = request.add_scope(Scope::new("email".to_owned())).set_pkce_challenge(challenge).url();
        Ok(address.into())
    }

    /// Takes the code with which a browser came back. The caller has compared the state that came with it.
    ///
    /// # Errors
    /// [`Failure::Unproven`] for a token that is not whole, not for this attempt, not for us, not of this provider, or no longer good at this moment.
    pub async fn finish(&self, attempt: &Attempt, code: &str, now_seconds: i64) -> Result<Claims, Failure> {
        let unproven = |what: &str| Failure::Unproven(what.to_owned());
        let metadata = self.metadata().await?;
        let has_user_info = metadata.userinfo_endpoint().is_some();
        let client =
            CoreClient::from_provider_metadata(metadata, self.client_id(), self.client_secret()).set_redirect_uri(self.redirect()?);
        let exchange = client
            .exchange_code(AuthorizationCode::new(code.to_owned()))
            .map_err(|fault| unreachable(&fault))?
            .set_pkce_verifier(PkceCodeVerifier::new(attempt.verifier.clone()));
        let answer = exchange.request_async(&self.http).await.map_err(|fault| match fault {
            openidconnect::RequestTokenError::ServerResponse(_) => unproven("it did not take the code"),
            other => unreachable(&other),
        })?;
        let token = answer.id_token().ok_or_else(|| unproven("it has no identity token"))?;
        let now: DateTime<Utc> = DateTime::from_timestamp(now_seconds, 0).ok_or_else(|| unproven("the clock is outside the calendar"))?;
        let verifier = client.id_token_verifier().set_allowed_algs(ALGORITHMS).set_time_fn(move || now);
        let claims = token.claims(&verifier, &Nonce::new(attempt.nonce.clone())).map_err(|fault| Failure::Unproven(fault.to_string()))?;
        let mut found = Claims {
            issuer: claims.issuer().to_string(),
            subject: claims.subject().to_string(),
            email: claims.email().map(|email| email.to_string()),
            email_verified: claims.email_verified(),
            methods: claims.auth_method_refs().into_iter().flatten().map(|method| method.to_string()).collect(),
            context: claims.auth_context_ref().map(|context| context.to_string()),
        };
        // Many providers keep the address out of the token and answer with it when asked.
        if found.email.is_none() && has_user_info {
            let request =
                client.user_info(answer.access_token().clone(), Some(claims.subject().clone())).map_err(|fault| unreachable(&fault))?;
            let said: CoreUserInfoClaims = request.request_async(&self.http).await.map_err(|fault| unreachable(&fault))?;
            found.email = said.email().map(|email| email.to_string());
            found.email_verified = said.email_verified();
        }
        Ok(found)
    }

    /// What the provider says of itself, with its keys: asked anew each time, so that keys it changed are known.
    async fn metadata(&self) -> Result<CoreProviderMetadata, Failure> {
        let issuer = IssuerUrl::new(self.settings.issuer.clone()).map_err(|fault| unreachable(&fault))?;
        CoreProviderMetadata::discover_async(issuer, &self.http).await.map_err(|fault| unreachable(&fault))
    }

    fn client_id(&self) -> ClientId {
        ClientId::new(self.settings.client_id.clone())
    }

    fn client_secret(&self) -> Option<ClientSecret> {
        self.settings.client_secret.clone().map(ClientSecret::new)
    }

    fn redirect(&self) -> Result<RedirectUrl, Failure> {
        RedirectUrl::new(self.settings.redirect.clone()).map_err(|fault| unreachable(&fault))
    }
}

/// The client of `reqwest` in the form that `openidconnect` asks for.
#[derive(Clone, Debug)]
struct Http(reqwest::Client);

impl<'c> AsyncHttpClient<'c> for Http {
    type Error = reqwest::Error;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, reqwest::Error>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(async move {
            let (parts, body) = request.into_parts();
            let answer = self.0.request(parts.method, parts.uri.to_string()).headers(parts.headers).body(body).send().await?;
            let (status, headers) = (answer.status(), answer.headers().clone());
            let mut response = http::Response::new(answer.bytes().await?.to_vec());
            *response.status_mut() = status;
            *response.headers_mut() = headers;
            Ok(response)
        })
    }
}
