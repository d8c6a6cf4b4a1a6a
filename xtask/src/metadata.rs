//! What cargo knows of the workspace: packages, licences and who depends on whom.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::process;

/// Whose dependencies to resolve.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Platforms {
    /// Those of this machine: already fetched by any build, so no network is needed.
    Host,
    /// Every platform's, which cargo may have to fetch first.
    All,
}

/// The workspace with all it depends on.
#[derive(Deserialize)]
pub(crate) struct Workspace {
    pub(crate) packages: Vec<Package>,
    #[serde(rename = "workspace_members")]
    members: BTreeSet<String>,
    resolve: Resolve,
}

#[derive(Deserialize)]
pub(crate) struct Package {
    id: String,
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) license: Option<String>,
    /// Where it comes from; `None` for a path, so for ours.
    pub(crate) source: Option<String>,
    pub(crate) targets: Vec<Target>,
}

#[derive(Deserialize)]
pub(crate) struct Target {
    pub(crate) name: String,
    pub(crate) kind: Vec<String>,
}

#[derive(Deserialize)]
struct Resolve {
    nodes: Vec<Node>,
}

#[derive(Deserialize)]
struct Node {
    id: String,
    deps: Vec<Link>,
}

#[derive(Deserialize)]
struct Link {
    pkg: String,
    dep_kinds: Vec<LinkKind>,
}

#[derive(Deserialize)]
struct LinkKind {
    /// `None` is an ordinary dependency; otherwise `dev` or `build`.
    kind: Option<String>,
}

impl Workspace {
    pub(crate) fn read(platforms: Platforms) -> Result<Self> {
        let mut command = process::cargo();
        command.args(["metadata", "--format-version", "1", "--locked"]);
        if platforms == Platforms::Host {
            let version = process::output(process::cargo().args(["--version", "--verbose"]))?;
            let host = version.lines().find_map(|line| line.strip_prefix("host: ")).context("cargo does not name its host")?;
            command.args(["--offline", "--filter-platform", host]);
        }
        Self::parse(&process::output(&mut command)?)
    }

    pub(crate) fn parse(json: &str) -> Result<Self> {
        serde_json::from_str(json).context("cargo metadata has changed its form")
    }

    /// Our own crates.
    pub(crate) fn ours(&self) -> impl Iterator<Item = &Package> {
        self.packages.iter().filter(|package| self.members.contains(&package.id))
    }

    /// Names of what a package's product depends on directly; what only its tests need is left out.
    pub(crate) fn direct(&self, package: &Package) -> BTreeSet<&str> {
        let names = self.names();
        self.links(&package.id).map(|id| names[id]).collect()
    }

    /// Names of everything that comes along with a package's product.
    pub(crate) fn reach(&self, package: &Package) -> BTreeSet<&str> {
        let mut seen = BTreeSet::new();
        let mut waiting = vec![package.id.as_str()];
        while let Some(id) = waiting.pop() {
            waiting.extend(self.links(id).filter(|next| seen.insert(*next)));
        }
        let names = self.names();
        seen.into_iter().map(|id| names[id]).collect()
    }

    fn links(&self, id: &str) -> impl Iterator<Item = &str> {
        let node = self.resolve.nodes.iter().find(|node| node.id == id);
        let links = node.into_iter().flat_map(|node| &node.deps);
        links.filter(|link| link.dep_kinds.iter().any(|kind| kind.kind.as_deref() != Some("dev"))).map(|link| link.pkg.as_str())
    }

    fn names(&self) -> BTreeMap<&str, &str> {
        self.packages.iter().map(|package| (package.id.as_str(), package.name.as_str())).collect()
    }
}
