//! The product itself: its commands run to their end, and `serve` until it is killed.

use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::browser::Browser;
use crate::process;

/// Whose pages they are. The name is a real authority's, because pages show published figures; the providers and homes of these runs are made up.
const AUTHORITY: &str = "Nottingham";

const PASSWORD: &str = "made-up providers only";

/// A record and how the product is told of it.
#[derive(Debug)]
pub(crate) struct Place {
    program: PathBuf,
    folder: PathBuf,
    database: String,
}

impl Place {
    /// A new record at this address, in a folder of its own, made ready by the product.
    pub(crate) fn made(program: &Path, folder: &Path, database: String) -> Result<Self> {
        std::fs::create_dir_all(folder)?;
        let place = Self { program: program.to_owned(), folder: folder.to_owned(), database };
        place.command(&["migrate"])?;
        let mut settings = format!("listen = \"127.0.0.1:0\"\nauthority = \"{AUTHORITY}\"\n\n[record]\n");
        writeln!(settings, "database = \"{}\"\nseal_key = \"seal.key\"\nsecond_factor = \"offered\"", place.database)?;
        std::fs::write(place.folder.join("placewell.toml"), settings)?;
        Ok(place)
    }

    /// The same record served anew, each time from this folder.
    pub(crate) fn serve(&self) -> Result<Node> {
        let mut process = self
            .bare()
            .args(["serve", "--config", "placewell.toml"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| format!("cannot start {}", self.program.display()))?;
        let mut lines = BufReader::new(process.stdout.take().context("no output")?).lines();
        let address = lines.next().transpose()?.unwrap_or_default();
        let address = address.split("http://").nth(1).and_then(|rest| rest.split('/').next()).and_then(|address| address.parse().ok());
        let Some(address) = address else {
            process.kill()?;
            bail!("serve did not begin: {}", self.refusal()?);
        };
        Ok(Node { process, address })
    }

    /// Why `serve` does not begin, in its own words; empty where it does.
    pub(crate) fn refusal(&self) -> Result<String> {
        let mut process =
            self.bare().args(["serve", "--config", "placewell.toml"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
        let mut said = String::new();
        BufReader::new(process.stdout.take().context("no output")?).read_line(&mut said)?;
        if said.is_empty() {
            return Ok(String::from_utf8_lossy(&process.wait_with_output()?.stderr).trim().to_owned());
        }
        process.kill()?;
        process.wait()?;
        Ok(String::new())
    }

    /// Somebody who may write, signed in by the product's own way in.
    pub(crate) fn officer(&self, node: SocketAddr) -> Result<Browser> {
        let link = self.command(&[
            "user",
            "add",
            "Invented Officer",
            "officer@example.gov.uk",
            "--role",
            "quality-officer",
            "--authority",
            AUTHORITY,
        ])?;
        let path = link.split("/link/").nth(1).and_then(|rest| rest.split_whitespace().next()).context("no link was printed")?;
        Browser::invited(node, &format!("/link/{path}"), PASSWORD)
    }

    /// Opens the record anew and proves its log; an error says what does not hold.
    pub(crate) fn verify(&self) -> Result<String> {
        self.command(&["audit", "verify"])
    }

    fn command(&self, words: &[&str]) -> Result<String> {
        let mut command = self.bare();
        command.args(words).args(["--database", &self.database, "--seal-key", "seal.key"]);
        process::output(&mut command)
    }

    fn bare(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.current_dir(&self.folder).args(["--home", "."]).env_remove("PLACEWELL_DATABASE").env_remove("PLACEWELL_SEAL_KEY");
        command
    }
}

/// One process that serves the record; dropped, it is gone.
#[derive(Debug)]
pub(crate) struct Node {
    process: Child,
    pub(crate) address: SocketAddr,
}

impl Node {
    /// Ends it at once (SIGKILL): it can finish nothing.
    pub(crate) fn kill(mut self) -> Result<()> {
        self.process.kill()?;
        self.process.wait()?;
        Ok(())
    }

    /// Fails where the process ended by itself.
    pub(crate) fn must_live(&mut self) -> Result<()> {
        match self.process.try_wait()? {
            None => Ok(()),
            Some(status) => bail!("serve ended by itself ({status})"),
        }
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        // It may be gone already, and then there is nothing to end.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
