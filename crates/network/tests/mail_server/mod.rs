//! A small mail server that speaks SMTP over a socket (RFC 5321) and, asked to, STARTTLS (RFC 3207). It keeps what it took.

use std::sync::{Arc, Mutex};

use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::io::{AsyncBufRead, AsyncBufReadExt as _, AsyncWrite, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

pub(crate) const CERTIFICATE: &[u8] = include_bytes!("../fixtures/server.pem");
const KEY: &[u8] = include_bytes!("../fixtures/server.key");

/// How the server behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Manner {
    /// Takes everything.
    Plain,
    /// Takes nothing before STARTTLS.
    StartTls,
    /// Says to come again.
    Busy,
    /// Knows nobody of the address.
    Refusing,
    /// Asks for a password, and takes none.
    Shut,
}

/// A server that listens.
#[derive(Clone)]
pub(crate) struct MailServer {
    pub(crate) port: u16,
    taken: Arc<Mutex<Vec<String>>>,
    manner: Arc<Mutex<Manner>>,
}

impl MailServer {
    pub(crate) async fn start(manner: Manner) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let server = Self { port, taken: Arc::default(), manner: Arc::new(Mutex::new(manner)) };
        let serving = server.clone();
        tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                tokio::spawn(serving.clone().greet(socket));
            }
        });
        server
    }

    /// From now on it behaves so.
    pub(crate) fn behave(&self, manner: Manner) {
        *self.manner.lock().unwrap() = manner;
    }

    /// What it took, headers and words as they came.
    pub(crate) fn taken(&self) -> Vec<String> {
        self.taken.lock().unwrap().clone()
    }

    async fn greet(self, socket: TcpStream) {
        let mut socket = BufReader::new(socket);
        let _ = socket.write_all(b"220 mail.test ready\r\n").await;
        if self.talk(&mut socket, true).await == Some(()) {
            let mut config = rustls::ServerConfig::builder()
                .with_no_client_auth()
                .with_single_cert(vec![CertificateDer::from_pem_slice(CERTIFICATE).unwrap()], PrivateKeyDer::from_pem_slice(KEY).unwrap())
                .unwrap();
            config.session_storage = Arc::new(rustls::server::NoServerSessionStorage {});
            // Whoever does not trust the certificate goes away here.
            if let Ok(sheltered) = TlsAcceptor::from(Arc::new(config)).accept(socket.into_inner()).await {
                self.talk(&mut BufReader::new(sheltered), false).await;
            }
        }
    }

    /// One conversation; `Some` where the other asked for TLS.
    async fn talk(&self, socket: &mut (impl AsyncBufRead + AsyncWrite + Unpin), in_the_clear: bool) -> Option<()> {
        let manner = *self.manner.lock().unwrap();
        let shut = manner == Manner::StartTls && in_the_clear;
        loop {
            let mut line = String::new();
            if socket.read_line(&mut line).await.ok()? == 0 {
                return None;
            }
            let word = line.get(..4).unwrap_or_default().to_uppercase();
            let answer = match word.as_str() {
                "EHLO" if shut => "250-mail.test\r\n250 STARTTLS\r\n",
                "EHLO" => "250-mail.test\r\n250 AUTH PLAIN\r\n",
                "AUTH" if manner == Manner::Shut => "535 authentication refused\r\n",
                "AUTH" => "235 go on\r\n",
                "STAR" if shut => {
                    socket.write_all(b"220 go on\r\n").await.ok()?;
                    return Some(());
                }
                "MAIL" if shut => "530 first STARTTLS\r\n",
                "MAIL" if manner == Manner::Busy => "451 come again\r\n",
                "RCPT" if manner == Manner::Refusing => "550 nobody of that address\r\n",
                "DATA" => {
                    socket.write_all(b"354 go on\r\n").await.ok()?;
                    let mut letter = String::new();
                    while !letter.ends_with("\r\n.\r\n") {
                        socket.read_line(&mut letter).await.ok()?;
                    }
                    self.taken.lock().unwrap().push(letter);
                    "250 taken\r\n"
                }
                "QUIT" => {
                    let _ = socket.write_all(b"221 bye\r\n").await;
                    return None;
                }
                _ => "250 well\r\n",
            };
            socket.write_all(answer.as_bytes()).await.ok()?;
        }
    }
}
