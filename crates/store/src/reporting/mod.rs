//! Views for a council's own analyst: the record in plain tables, without names, addresses, dates of birth or free text.
//!
//! They are called `reporting.children` on PostgreSQL and `reporting_children` on SQLite. They are no part of the migrations: they follow the tables, so
//! they are taken down before a migration and put up after it. On PostgreSQL a view shows the rows of those authorities alone whose `report_reader` names
//! the person who reads, whatever they ask.

mod views;

pub use views::{VIEWS, ViewMade};

use crate::Error;
use crate::change::Detail;
use crate::db::{Db, Tx};
use crate::schema::Engine;
use crate::statement::sql;
use crate::types::Key;

impl Db {
    /// Takes the views down, so that the tables beneath may change.
    pub async fn take_reporting_down(&self) -> Result<(), Error> {
        let mut line = self.owner_line().await?;
        for view in VIEWS {
            line.script(format!("DROP VIEW IF EXISTS {}", named(view, line.engine()))).await?;
        }
        line.keep().await
    }

    /// Puts the views up, each with what it and its columns hold.
    pub async fn put_reporting_up(&self) -> Result<(), Error> {
        let mut line = self.owner_line().await?;
        if line.engine() == Engine::Postgres {
            line.script("CREATE SCHEMA IF NOT EXISTS reporting".to_owned()).await?;
        }
        for view in VIEWS {
            line.script(made(view, line.engine())).await?;
        }
        line.keep().await
    }
}

fn named(view: &ViewMade, engine: Engine) -> String {
    format!("reporting{}{}", if engine == Engine::Postgres { "." } else { "_" }, view.name)
}

/// What makes a view.
fn made(view: &ViewMade, engine: Engine) -> String {
    let name = named(view, engine);
    let columns: Vec<String> = view.columns.iter().map(|(column, ..)| format!("\"{column}\"")).collect();
    let cells: Vec<&str> = view.columns.iter().map(|(_, cell, _)| *cell).collect();
    let body = format!("SELECT {} FROM {}", cells.join(", "), view.from);
    match engine {
        Engine::Sqlite => format!("CREATE VIEW {name} ({}) AS {body}", columns.join(", ")),
        Engine::Postgres => {
            let mine = "EXISTS (SELECT 1 FROM report_reader r WHERE r.authority = t.authority AND r.reader = CAST(session_user AS text))";
            let quoted = |text: &str| text.replace('\'', "''");
            let view_made = format!("CREATE VIEW {name} ({}) AS {body} WHERE {mine}", columns.join(", "));
            let about_view = format!("COMMENT ON VIEW {name} IS '{}'", quoted(view.about));
            let about =
                view.columns.iter().map(|(column, _, about)| format!("COMMENT ON COLUMN {name}.\"{column}\" IS '{}'", quoted(about)));
            [view_made, about_view].into_iter().chain(about).collect::<Vec<_>>().join(";\n")
        }
    }
}

/// Lets somebody read the views of an authority, by the name with which they sign in to the database.
pub async fn allow(tx: &mut Tx, reader: &str) -> Result<(), Error> {
    let authority = Key(tx.permit().authority());
    let added = tx
        .run(
            sql!("INSERT INTO report_reader (authority, reader) VALUES ($1, $2) ON CONFLICT DO NOTHING"),
            &[&authority, &reader.to_owned()],
        )
        .await?;
    if added > 0 {
        tx.note(Detail { table: "report_reader", row: reader.to_owned(), before: None, after: Some(reader.into()) });
    }
    Ok(())
}
