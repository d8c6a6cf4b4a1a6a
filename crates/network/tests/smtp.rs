//! Mail to a server that really listens on a socket, in the clear and by STARTTLS.
#![expect(clippy::unwrap_used, reason = "a test stops where something unforeseen happens")]

mod mail_server;

use std::time::{Duration, SystemTime};

use mail_server::{CERTIFICATE, MailServer, Manner};
use network::smtp::{Failure, Letter, Security, Server, Settings};

fn settings(server: &MailServer, security: Security) -> Settings {
    Settings {
        host: "localhost".to_owned(),
        port: server.port,
        security,
        credentials: None,
        from: "Placewell <placewell@example.gov.uk>".to_owned(),
        authority: Some(CERTIFICATE.to_vec()),
    }
}

fn letter() -> Letter {
    Letter {
        id: "01930000".to_owned(),
        to: "ada@example.gov.uk".to_owned(),
        subject: "Placewell: your day".to_owned(),
        text: "Today: 3 overdue.\r\n\r\nhttps://placewell.example.gov.uk/work\r\n".to_owned(),
        at: SystemTime::UNIX_EPOCH + Duration::from_hours(494_532),
    }
}

#[tokio::test]
async fn a_letter_arrives_as_it_was_written() {
    network::ready();
    let server = MailServer::start(Manner::Plain).await;
    Server::new(&settings(&server, Security::None)).unwrap().send(&letter()).await.unwrap();
    let taken = server.taken();
    assert_eq!(taken.len(), 1);
    for line in [
        "From: Placewell <placewell@example.gov.uk>",
        "To: ada@example.gov.uk",
        "Subject: Placewell: your day",
        "Date: Mon, 01 Jun 2026 12:00:00 +0000",
        "Message-ID: <01930000@example.gov.uk>",
        "Auto-Submitted: auto-generated",
        "Today: 3 overdue.",
        "https://placewell.example.gov.uk/work",
    ] {
        assert!(taken[0].contains(line), "{line}: {}", taken[0]);
    }
}

#[tokio::test]
async fn the_way_is_encrypted_or_nothing_is_sent() {
    network::ready();
    let server = MailServer::start(Manner::StartTls).await;
    Server::new(&settings(&server, Security::StartTls)).unwrap().send(&letter()).await.unwrap();
    assert_eq!(server.taken().len(), 1);
    // A certificate that nobody vouches for, and a server that speaks no TLS.
    let unknown = Settings { authority: None, ..settings(&server, Security::StartTls) };
    assert!(matches!(Server::new(&unknown).unwrap().send(&letter()).await, Err(Failure::Later(_))));
    server.behave(Manner::Plain);
    assert!(Server::new(&settings(&server, Security::StartTls)).unwrap().send(&letter()).await.is_err());
    assert_eq!(server.taken().len(), 1);
}

#[tokio::test]
async fn what_may_go_later_is_told_from_what_never_will() {
    network::ready();
    let server = MailServer::start(Manner::Busy).await;
    let post = Server::new(&settings(&server, Security::None)).unwrap();
    assert!(matches!(post.send(&letter()).await, Err(Failure::Later(why)) if why.contains("451")));
    server.behave(Manner::Refusing);
    assert!(matches!(post.send(&letter()).await, Err(Failure::Never(why)) if why.contains("550")));
    // The password that was changed last night: no letter is at fault.
    server.behave(Manner::Shut);
    let known = Settings { credentials: Some(("placewell".to_owned(), "of last year".to_owned())), ..settings(&server, Security::None) };
    assert!(matches!(Server::new(&known).unwrap().send(&letter()).await, Err(Failure::Shut(why)) if why.contains("535")));
    let nowhere = Settings { port: 1, ..settings(&server, Security::None) };
    assert!(matches!(Server::new(&nowhere).unwrap().send(&letter()).await, Err(Failure::Later(why)) if why.contains("refused")));
    let injected = Letter { to: "ada@example.gov.uk\r\nBcc: eve@example.org".to_owned(), ..letter() };
    assert!(matches!(post.send(&injected).await, Err(Failure::Never(_))));
}
