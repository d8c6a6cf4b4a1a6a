//! The two database engines behind one face.

use std::collections::BTreeMap;

use sqlx::any::install_default_drivers;
use sqlx::{AnyConnection, AssertSqlSafe, Connection, Row};

/// A database of this test's own.
pub(crate) struct Engine {
    connection: AnyConnection,
    /// On PostgreSQL: the server, and the name of the database made on it.
    made: Option<(String, String)>,
}

impl Engine {
    /// In memory.
    pub(crate) async fn sqlite() -> Self {
        install_default_drivers();
        Self { connection: AnyConnection::connect("sqlite::memory:").await.unwrap(), made: None }
    }

    /// A new database on the server that `TEST_POSTGRES` names, as `cargo xtask test` and `cargo xtask pg` set it.
    #[expect(clippy::disallowed_methods, reason = "the address of the test's server comes from whoever runs the tests")]
    pub(crate) async fn postgres() -> Option<Self> {
        let server = std::env::var("TEST_POSTGRES").ok()?;
        let name = format!("independent_count_{}", std::process::id());
        let mut maker = AnyConnection::connect(&server).await.unwrap();
        sqlx::raw_sql(AssertSqlSafe(format!("CREATE DATABASE {name}"))).execute(&mut maker).await.unwrap();
        maker.close().await.unwrap();
        let (before, after) = server.split_once("/postgres?").unwrap();
        let connection = AnyConnection::connect(&format!("{before}/{name}?{after}")).await.unwrap();
        Some(Self { connection, made: Some((server, name)) })
    }

    /// Runs statements.
    pub(crate) async fn run(&mut self, text: &str) {
        sqlx::raw_sql(AssertSqlSafe(text.to_owned())).execute(&mut self.connection).await.unwrap();
    }

    /// The answer to a query of one number.
    pub(crate) async fn number(&mut self, query: &str) -> i64 {
        sqlx::query(AssertSqlSafe(query.to_owned())).fetch_one(&mut self.connection).await.unwrap().get(0)
    }

    /// The answer to a query of keys and counts.
    pub(crate) async fn counts(&mut self, query: &str) -> BTreeMap<String, i64> {
        let rows = sqlx::query(AssertSqlSafe(query.to_owned())).fetch_all(&mut self.connection).await.unwrap();
        rows.iter().map(|row| (row.get(0), row.get(1))).collect()
    }

    /// Closes the database, and removes what was made on a server.
    pub(crate) async fn close(self) {
        self.connection.close().await.unwrap();
        if let Some((server, name)) = self.made {
            let mut maker = AnyConnection::connect(&server).await.unwrap();
            sqlx::raw_sql(AssertSqlSafe(format!("DROP DATABASE {name}"))).execute(&mut maker).await.unwrap();
            maker.close().await.unwrap();
        }
    }
}
