//! The smallest browser: enough of HTTP to sign in and send forms. Each request has a connection of its own, so that an answer is whole or is none.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use anyhow::{Context, Result, bail};

/// No page of these runs takes longer, unless nobody answers any more.
const PATIENCE: Duration = Duration::from_secs(20);

/// An answer that arrived whole.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    head: String,
    pub(crate) body: String,
}

impl Answer {
    /// The value of a header; empty where there is none.
    pub(crate) fn header(&self, name: &str) -> &str {
        let lines = self.head.lines().filter_map(|line| line.split_once(':'));
        lines.filter(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim()).next().unwrap_or_default()
    }

    /// Reads an answer from all that came until the connection closed. One that was cut off is none.
    fn read(bytes: &[u8]) -> Option<Self> {
        let text = String::from_utf8_lossy(bytes);
        let (head, body) = text.split_once("\r\n\r\n")?;
        let status = head.split(' ').nth(1)?.parse().ok()?;
        let answer = Self { status, head: head.to_owned(), body: body.to_owned() };
        let length = answer.header("content-length");
        let whole = length.is_empty() || length.parse() == Ok(bytes.len() - head.len() - 4);
        whole.then_some(answer)
    }
}

/// Somebody's browser: their session, and what their forms carry. It works at every node that serves the same record.
#[derive(Clone, Debug, Default)]
pub(crate) struct Browser {
    cookie: String,
    token: String,
}

impl Browser {
    /// Chooses a password by the link that an administrator was given, and is signed in by it.
    pub(crate) fn invited(node: SocketAddr, link: &str, password: &str) -> Result<Self> {
        Self::opened(node, link, &[("password", password), ("again", password)])
    }

    /// Signs in.
    pub(crate) fn signed_in(node: SocketAddr, email: &str, password: &str) -> Result<Self> {
        Self::opened(node, "/sign-in", &[("email", email), ("password", password)])
    }

    fn opened(node: SocketAddr, path: &str, fields: &[(&str, &str)]) -> Result<Self> {
        let mut browser = Self::default();
        let chosen = browser.post(node, path, fields).with_context(|| format!("{path} was not answered"))?;
        chosen.header("set-cookie").split(';').next().unwrap_or_default().clone_into(&mut browser.cookie);
        if chosen.status != 303 || browser.cookie.is_empty() {
            bail!("nobody was signed in: status {}", chosen.status);
        }
        let page = browser.get(node, "/account").context("the account was not answered")?;
        let field = page.body.split("name=\"form-token\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
        field.context("no form carries a token")?.clone_into(&mut browser.token);
        Ok(browser)
    }

    /// Reads a page; nothing where no whole answer came.
    pub(crate) fn get(&self, node: SocketAddr, path: &str) -> Option<Answer> {
        self.send(node, "GET", path, "")
    }

    /// Sends a form; nothing where no whole answer came, and then nobody knows whether it was taken.
    pub(crate) fn post(&self, node: SocketAddr, path: &str, fields: &[(&str, &str)]) -> Option<Answer> {
        let token = [("form-token", self.token.as_str())];
        let words = token.iter().chain(fields).map(|(name, value)| format!("{name}={}", encoded(value)));
        self.send(node, "POST", path, &words.collect::<Vec<_>>().join("&"))
    }

    fn send(&self, node: SocketAddr, method: &str, path: &str, form: &str) -> Option<Answer> {
        let mut stream = TcpStream::connect_timeout(&node, PATIENCE).ok()?;
        stream.set_read_timeout(Some(PATIENCE)).ok()?;
        // HTTP/1.0: the answer comes in one piece and ends with the connection.
        let request = format!(
            "{method} {path} HTTP/1.0\r\nHost: {node}\r\nCookie: {}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{form}",
            self.cookie,
            form.len()
        );
        stream.write_all(request.as_bytes()).ok()?;
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).ok()?;
        Answer::read(&bytes)
    }
}

fn encoded(text: &str) -> String {
    let byte = |byte: u8| {
        if byte.is_ascii_alphanumeric() || byte == b'-' { char::from(byte).to_string() } else { format!("%{byte:02X}") }
    };
    text.bytes().map(byte).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_that_was_cut_off_is_none() {
        let whole = b"HTTP/1.0 303 See Other\r\nlocation: /providers/1\r\ncontent-length: 2\r\n\r\nok";
        let answer = Answer::read(whole).unwrap();
        assert_eq!((answer.status, answer.header("Location"), answer.body.as_str()), (303, "/providers/1", "ok"));
        for cut in [0, 12, whole.len() - 5, whole.len() - 1] {
            assert!(Answer::read(&whole[..cut]).is_none(), "{cut}");
        }
        assert_eq!(encoded("a b&c"), "a%20b%26c");
    }
}
