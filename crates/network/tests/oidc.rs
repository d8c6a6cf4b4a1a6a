//! Single sign-on against a provider that really listens, honest and not.
#![expect(clippy::unwrap_used, reason = "a test stops where something unforeseen happens")]

mod provider;

use network::oidc::{Attempt, Claims, Failure, Provider, Settings};
use provider::{NOW, Says, Seal, TestProvider};

fn attempt() -> Attempt {
    let word = |letter: &str| letter.repeat(64);
    Attempt { state: word("a"), nonce: word("b"), verifier: word("c") }
}

fn client(issuer: &str) -> Provider {
    network::ready();
    let settings = Settings {
        issuer: issuer.to_owned(),
        client_id: "placewell".to_owned(),
        client_secret: None,
        redirect: "https://placewell.example.gov.uk/sign-in/provider/back".to_owned(),
        authority: None,
    };
    Provider::new(settings).unwrap()
}

/// Signs in with what the provider says, at a moment.
async fn signed_in(test: &TestProvider, says: Says, now: i64) -> Result<Claims, Failure> {
    test.say(says);
    let client = client(&test.issuer);
    let address = client.begin(&attempt()).await?;
    let (state, code) = test.signed_in_at(&address);
    assert_eq!(state, attempt().state);
    client.finish(&attempt(), &code, now).await
}

#[tokio::test]
async fn an_honest_provider_says_who_it_is() {
    let test = TestProvider::start().await;
    let claims = signed_in(&test, Says { methods: vec!["pwd", "mfa"], ..Says::default() }, NOW).await.unwrap();
    assert_eq!(
        (claims.subject.as_str(), claims.email.as_deref(), claims.email_verified),
        ("subject-1", Some("ada@example.gov.uk"), Some(true))
    );
    assert_eq!(claims.methods, ["pwd", "mfa"]);
}

#[tokio::test]
async fn what_does_not_prove_it_lets_nobody_in() {
    let test = TestProvider::start().await;
    let good = Says::default;
    for (what, says, now) in [
        ("another attempt's nonce", Says { nonce: Some("of another attempt"), ..good() }, NOW),
        ("a token for another program", Says { audience: "another-program", ..good() }, NOW),
        ("a token of another provider", Says { issuer: Some("https://elsewhere.example.org"), ..good() }, NOW),
        ("a token that ended", good(), NOW + 301),
        ("a token that nobody signed", Says { seal: Seal::None, ..good() }, NOW),
        ("a token that was altered", Says { seal: Seal::Broken, ..good() }, NOW),
    ] {
        assert!(matches!(signed_in(&test, says, now).await, Err(Failure::Unproven(_))), "{what}");
    }
    assert!(signed_in(&test, good(), NOW + 299).await.is_ok(), "and with none of that it is proven");
}

#[tokio::test]
async fn a_code_is_of_use_to_whoever_began_and_once() {
    let test = TestProvider::start().await;
    test.say(Says::default());
    let client = client(&test.issuer);
    let address = client.begin(&attempt()).await.unwrap();
    let (_, code) = test.signed_in_at(&address);
    let thief = Attempt { verifier: "d".repeat(64), ..attempt() };
    assert!(matches!(client.finish(&thief, &code, NOW).await, Err(Failure::Unproven(_))), "PKCE");
    let (_, code) = test.signed_in_at(&address);
    assert!(client.finish(&attempt(), &code, NOW).await.is_ok());
    assert!(client.finish(&attempt(), &code, NOW).await.is_err());
}

#[tokio::test]
async fn a_provider_that_does_not_answer_or_is_another_is_said() {
    assert!(matches!(client("http://127.0.0.1:1").begin(&attempt()).await, Err(Failure::Unreachable(_))));
    let test = TestProvider::start().await;
    let by_another_name = test.issuer.replace("127.0.0.1", "localhost");
    assert!(matches!(client(&by_another_name).begin(&attempt()).await, Err(Failure::Unreachable(_))), "its metadata names another issuer");
}
