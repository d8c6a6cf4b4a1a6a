//! Mail out, by the authority's own server.

use std::time::{Duration, SystemTime};

use lettre::message::header::{ContentType, Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor};

/// How long a server may take for one answer.
const PATIENCE: Duration = Duration::from_secs(20);

/// Answers about a letter or whom it is for: no such mailbox, one that moved or is full, a name that is none, a domain that takes no mail (RFC 5321, 4.2.3;
/// RFC 7504). Every other lasting refusal, such as 535 of a password, is about us.
const OF_THE_LETTER: [u16; 5] = [550, 551, 552, 553, 556];

/// How the way to the server is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Security {
    /// It begins in the clear and is encrypted before anything is said (STARTTLS), or nothing is sent.
    StartTls,
    /// It is encrypted from the first byte.
    Tls,
    /// It is not: for a server on this machine alone.
    None,
}

/// The server and how it is spoken to.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Its name, which its certificate must carry.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the way there is protected.
    pub security: Security,
    /// Name and password, where it asks for them.
    pub credentials: Option<(String, String)>,
    /// Who the mail is from: `Placewell <placewell@example.gov.uk>`.
    pub from: String,
    /// One more authority whose certificates are trusted, as PEM.
    pub authority: Option<Vec<u8>>,
}

/// A mail: plain words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// What it is known by, the same whenever it is tried.
    pub id: String,
    /// To whom.
    pub to: String,
    /// What it is about.
    pub subject: String,
    /// The words.
    pub text: String,
    /// When it was written.
    pub at: SystemTime,
}

/// Settings that cannot be used; says which and why.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Unusable(pub String);

/// Why a mail did not go.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// The server was not there, or said to come again.
    #[error("{0}")]
    Later(String),
    /// The server takes nothing from us as we are: it refuses our name or password, our sender, or the way there. The letter is not at fault, and goes once
    /// whoever runs the machine has mended that.
    #[error("{0}")]
    Shut(String),
    /// The server will never take this letter.
    #[error("{0}")]
    Never(String),
}

/// A mail server.
#[derive(Clone, Debug)]
pub struct Server {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    host: String,
}

impl Server {
    /// The server with these settings. Connects to nothing yet.
    ///
    /// # Errors
    /// [`Unusable`] for a sender that is no address, or a certificate that cannot be read.
    pub fn new(settings: &Settings) -> Result<Self, Unusable> {
        let from: Mailbox = settings
            .from
            .parse()
            .map_err(|_| Unusable(format!("from = \"{}\" is no sender: write Placewell <placewell@example.gov.uk>", settings.from)))?;
        let parameters = || {
            let mut parameters = TlsParameters::builder(settings.host.clone());
            if let Some(pem) = &settings.authority {
                let certificate =
                    Certificate::from_pem(pem).map_err(|fault| Unusable(format!("the certificate cannot be read: {fault}")))?;
                parameters = parameters.add_root_certificate(certificate);
            }
            parameters.build().map_err(|fault| Unusable(format!("TLS cannot be spoken to {}: {fault}", settings.host)))
        };
        let tls = match settings.security {
            Security::StartTls => Tls::Required(parameters()?),
            Security::Tls => Tls::Wrapper(parameters()?),
            Security::None => Tls::None,
        };
        let mut builder =
            AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&settings.host).port(settings.port).tls(tls).timeout(Some(PATIENCE));
        if let Some((name, password)) = &settings.credentials {
            builder = builder.credentials(Credentials::new(name.clone(), password.clone()));
        }
        Ok(Self { transport: builder.build(), from, host: settings.host.clone() })
    }

    /// Hands a letter to the server.
    ///
    /// # Errors
    /// [`Failure`], with the server's own words where it had any; they are the server's about itself, not about whom the letter is for.
    pub async fn send(&self, letter: &Letter) -> Result<(), Failure> {
        let never = |what: &str| Failure::Never(what.to_owned());
        let to: Mailbox = letter.to.parse().map_err(|_| never("the address is none"))?;
        let domain = self.from.email.domain();
        let message = Message::builder()
            .from(self.from.clone())
            .to(to)
            .subject(&letter.subject)
            .date(letter.at)
            .message_id(Some(format!("<{}@{domain}>", letter.id)))
            .header(AutoSubmitted)
            .header(ContentType::TEXT_PLAIN)
            .body(letter.text.clone())
            .map_err(|_| never("the letter cannot be written"))?;
        match self.transport.send(message).await {
            Ok(_) => Ok(()),
            Err(fault) => Err(match fault.status().map(u16::from) {
                Some(code) if OF_THE_LETTER.contains(&code) => Failure::Never(format!("refused with {code}")),
                Some(code) if fault.is_permanent() => Failure::Shut(format!("{} answered {code}", self.host)),
                Some(code) => Failure::Later(format!("{} answered {code}", self.host)),
                None => Failure::Later(format!("{}: {}", self.host, deepest(&fault))),
            }),
        }
    }
}

/// What went wrong at the bottom: `Connection refused`, not `network error`.
fn deepest(fault: &(dyn std::error::Error + 'static)) -> String {
    let mut at = fault;
    while let Some(below) = at.source() {
        at = below;
    }
    at.to_string()
}

/// Tells out-of-office assistants to keep silent (RFC 3834).
#[derive(Clone, Copy)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}
