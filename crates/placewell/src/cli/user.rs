//! The words of the commands about the people who may sign in.

use clap::{Args, Subcommand};

use super::record::Where;

#[derive(Debug, Subcommand)]
pub(crate) enum User {
    /// Add somebody who may sign in, and print the link by which they choose their password.
    #[command(
        after_help = "Example:\n  placewell user add \"Ada Byron\" ada.byron@example.gov.uk --role administrator --authority Nottingham"
    )]
    Add(UserAdd),
    /// Take away everything that somebody signs in with, let them in again if they were stopped, and print a link to choose another password.
    #[command(after_help = "Example:\n  placewell user reset ada.byron@example.gov.uk --authority Nottingham")]
    Reset(UserReset),
    /// Make a token by which a program acts for somebody, and print it once; or list their tokens, or end one.
    #[command(
        after_help = "Examples:\n  placewell user token ada.byron@example.gov.uk --authority Nottingham --name \"Nightly figures\" --role analyst --days 90\n  placewell user token ada.byron@example.gov.uk --authority Nottingham --end \"Nightly figures\""
    )]
    Token(UserToken),
}

#[derive(Debug, Args)]
pub(crate) struct UserToken {
    /// What the person signs in with.
    pub(crate) email: String,
    /// The authority at which the program acts.
    #[arg(long, value_name = "NAME")]
    pub(crate) authority: String,
    /// What a new token is called; without it and without --end, the tokens are listed.
    #[arg(long, value_name = "NAME", conflicts_with = "end", requires = "roles")]
    pub(crate) name: Option<String>,
    /// As what the program acts, of the person's own roles; may be given several times.
    #[arg(long = "role", value_name = "ROLE", requires = "name")]
    pub(crate) roles: Vec<String>,
    /// For how many days, 366 at most.
    #[arg(long, value_name = "NUMBER", default_value_t = 90)]
    pub(crate) days: u32,
    /// Which token ends.
    #[arg(long, value_name = "NAME")]
    pub(crate) end: Option<String>,
    #[command(flatten)]
    pub(crate) record: Where,
}

#[derive(Debug, Args)]
pub(crate) struct UserReset {
    /// What they sign in with.
    pub(crate) email: String,
    /// An authority at which they have a part.
    #[arg(long, value_name = "NAME")]
    pub(crate) authority: String,
    /// What people type to reach Placewell, to make the link whole.
    #[arg(long, value_name = "ADDRESS", default_value = "http://127.0.0.1:8080")]
    pub(crate) address: String,
    #[command(flatten)]
    pub(crate) record: Where,
}

#[derive(Debug, Args)]
pub(crate) struct UserAdd {
    /// What they are called at work.
    pub(crate) name: String,
    /// Where they are reached, and what they sign in with.
    pub(crate) email: String,
    /// What they are there; may be given several times.
    #[arg(long = "role", value_name = "ROLE", required = true)]
    pub(crate) roles: Vec<String>,
    /// At which authority; its record is opened if it was not.
    #[arg(long, value_name = "NAME")]
    pub(crate) authority: String,
    /// What people type to reach Placewell, to make the link whole.
    #[arg(long, value_name = "ADDRESS", default_value = "http://127.0.0.1:8080")]
    pub(crate) address: String,
    #[command(flatten)]
    pub(crate) record: Where,
}
