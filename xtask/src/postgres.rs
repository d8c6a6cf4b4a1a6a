//! A throw-away PostgreSQL: its own folder, its own socket, gone when this program is, however that ends.
//!
//! A cluster that the machine already runs is never touched: it may hold somebody's data. Only the server's programs are used.

use std::io::{BufRead as _, Write as _};
use std::os::unix::fs::{PermissionsExt as _, chown};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::process;

/// The environment variable in which tests look for a PostgreSQL.
pub(crate) const VARIABLE: &str = "TEST_POSTGRES";

/// PostgreSQL refuses to run as root, so root lends it one of these.
const UNPRIVILEGED: [&str; 2] = ["postgres", "nobody"];

/// Makes the cluster and serves until its input closes, which happens whenever the parent is gone; each line of its input begins the server anew.
/// `$1` programs, `$2` folder, `$3` on or off: whether a commit waits for the disk.
const SUPERVISOR: &str = r#"
"$1/initdb" --pgdata="$2/data" --username=placewell --auth=trust --encoding=UTF8 --locale=C --no-sync >"$2/log" 2>&1 || { cat "$2/log" >&2; exit 1; }
begin() {
  "$1/postgres" -D "$2/data" -k "$2" -c listen_addresses= -c "fsync=$3" -c "synchronous_commit=$3" -c "full_page_writes=$3" -c max_connections=200 >>"$2/log" 2>&1 </dev/null &
  server=$!
}
begin "$@"
while read -r _; do
  { wait "$server"; } 2>>"$2/log"
  begin "$@"
  # What outlived its server by a moment still holds the shared memory: then the new one gives up at once, and is begun again.
  while sleep 0.3 && ! kill -0 "$server" 2>>"$2/log"; do begin "$@"; done
done
kill -QUIT "$server"
wait "$server"
rm -rf "$2"
"#;

/// Whether a commit waits until it lies on the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Durability {
    /// It does, as it does for a council: what was acknowledged is kept.
    Kept,
    /// It does not: quicker, and enough for tests that throw everything away.
    Fast,
}

/// A running cluster; dropped, it stops and its folder goes.
pub(crate) struct Cluster {
    supervisor: Child,
    folder: PathBuf,
    programs: PathBuf,
}

impl Cluster {
    pub(crate) fn start(durability: Durability) -> Result<Self> {
        let programs =
            programs().context("PostgreSQL's server programs are not installed (Debian and Ubuntu: apt-get install postgresql)")?;
        let folder = Self::free_folder();
        std::fs::create_dir(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        // Whoever may enter the folder may use the socket, for the cluster trusts its callers: its owner and root.
        std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o700))?;
        let mut shell = Command::new("sh");
        shell
            .args(["-c", SUPERVISOR, "supervisor"])
            .arg(&programs)
            .arg(&folder)
            .arg(if durability == Durability::Kept { "on" } else { "off" })
            .current_dir(&folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::null());
        // A group of its own: what ends this program at the terminal must not end the one that clears up after it.
        shell.process_group(0);
        if let Some((user, group)) = unprivileged()? {
            chown(&folder, Some(user), Some(group))?;
            shell.uid(user).gid(group);
        }
        let supervisor = shell.spawn().context("cannot start a shell for PostgreSQL")?;
        let mut cluster = Self { supervisor, folder, programs };
        cluster.wait_until_ready()?;
        Ok(cluster)
    }

    /// Several clusters of one program lie apart.
    fn free_folder() -> PathBuf {
        let place = std::env::temp_dir().join(format!("placewell-postgres-{}", std::process::id()));
        let numbered = (2..).map(|number| place.with_added_extension(number.to_string()));
        std::iter::once(place.clone()).chain(numbered).find(|folder| !folder.exists()).unwrap_or(place)
    }

    /// The address that `sqlx` and `psql` both understand. The port only names the socket's file: no network port is opened.
    pub(crate) fn address(&self) -> String {
        format!("postgres://placewell@localhost:5432/postgres?host={}", self.folder.display())
    }

    /// A new database in it; gives its address.
    pub(crate) fn database(&self, name: &str) -> Result<String> {
        process::output(Command::new(self.programs.join("createdb")).arg("--host").arg(&self.folder).args(["--username=placewell", name]))?;
        Ok(self.address().replace("/postgres?", &format!("/{name}?")))
    }

    /// Ends the server and every process of its own at once (SIGKILL), as a machine that runs out of memory would.
    pub(crate) fn kill(&self) -> Result<()> {
        let file = std::fs::read_to_string(self.folder.join("data/postmaster.pid")).context("the server left no number")?;
        let server = file.lines().next().unwrap_or_default();
        // Stopped first, so that it begins no more of them while they are counted.
        Command::new("kill").args(["-STOP", server]).status()?;
        let all = process::output(Command::new("ps").args(["-A", "-o", "pid=,ppid="]))?;
        let pairs = all.lines().filter_map(|line| line.trim().split_once(char::is_whitespace));
        let children = pairs.filter(|(_, parent)| parent.trim() == server).map(|(child, _)| child);
        let numbers: Vec<&str> = std::iter::once(server).chain(children).collect();
        // Some may be gone by the time their turn comes.
        Command::new("kill").arg("-KILL").args(numbers).stderr(Stdio::null()).status()?;
        Ok(())
    }

    /// Begins the server again after it was killed, and waits until it answers.
    pub(crate) fn begin_again(&mut self) -> Result<()> {
        self.supervisor.stdin.as_mut().context("the supervisor does not listen")?.write_all(b"\n")?;
        self.wait_until_ready()
    }

    fn wait_until_ready(&mut self) -> Result<()> {
        let started = Instant::now();
        while started.elapsed() < Duration::from_mins(1) {
            if let Some(status) = self.supervisor.try_wait()? {
                bail!("PostgreSQL did not start ({status})");
            }
            let ready = Command::new(self.programs.join("pg_isready")).args(["--quiet", "--host"]).arg(&self.folder).status()?;
            if ready.success() {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        bail!("PostgreSQL was not ready after a minute; its log is {}", self.folder.join("log").display())
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.supervisor.stdin.take());
        if let Err(error) = self.supervisor.wait() {
            eprintln!("PostgreSQL's supervisor was lost: {error}");
        }
    }
}

/// `cargo xtask pg`: until the person presses Enter, or around one command.
pub(crate) fn run(arguments: &[String]) -> Result<()> {
    let command = match arguments {
        [] => None,
        [dashes, program, rest @ ..] if dashes == "--" => Some((program, rest)),
        _ => bail!("usage: cargo xtask pg [-- COMMAND…]"),
    };
    let cluster = Cluster::start(Durability::Fast)?;
    let address = cluster.address();
    if let Some((program, rest)) = command {
        let status =
            Command::new(program).args(rest).env(VARIABLE, &address).status().with_context(|| format!("cannot start {program}"))?;
        if !status.success() {
            bail!("{program} failed ({status})");
        }
    } else {
        println!("{VARIABLE}={address}");
        eprintln!("Press Enter to stop it and remove its data.");
        std::io::stdin().lock().read_line(&mut String::new())?;
    }
    Ok(())
}

/// The folder of the newest server: Debian keeps one per version and leaves them off `PATH`.
pub(crate) fn programs() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").ok();
    let newest = versions.into_iter().flatten().flatten().filter_map(|entry| {
        let version: u32 = entry.file_name().to_str()?.parse().ok()?;
        let folder = entry.path().join("bin");
        folder.join("initdb").is_file().then_some((version, folder))
    });
    let on_path = || process::find("initdb").and_then(|file| std::fs::canonicalize(file).ok()?.parent().map(Path::to_path_buf));
    newest.max().map(|(_, folder)| folder).or_else(on_path)
}

/// The user and group to run the server as: none when this program is not root's.
fn unprivileged() -> Result<Option<(u32, u32)>> {
    let number =
        |flag: &str, name: &[&str]| -> Result<u32> { Ok(process::output(Command::new("id").arg(flag).args(name))?.trim().parse()?) };
    if number("-u", &[])? != 0 {
        return Ok(None);
    }
    let lent = UNPRIVILEGED.iter().find_map(|name| Some((number("-u", &[name]).ok()?, number("-g", &[name]).ok()?)));
    lent.map(Some).context("PostgreSQL does not run as root, and neither postgres nor nobody is a user here")
}
