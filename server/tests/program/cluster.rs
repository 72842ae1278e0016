//! A Postgres server of a test's own, which it can stop, end and start again. The one that `script/test` starts is everybody's.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// A server in a temporary folder, stopped and deleted with the test.
#[derive(Debug)]
pub struct Cluster {
    folder: TempDir,
    programs: PathBuf,
    port: u16,
}

impl Cluster {
    /// A new server, running.
    pub fn start_new() -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let cluster = Self { folder: tempfile::tempdir().unwrap(), programs: programs(), port };
        if is_root() {
            let done = Command::new("chown").arg("postgres").arg(cluster.folder.path()).status().unwrap();
            assert!(done.success());
        }
        cluster.run("initdb", &["--username", "reverie", "--auth", "trust", "--encoding", "UTF8", "--locale", "C"]);
        cluster.start();
        cluster
    }

    /// The address of its one database.
    pub fn url(&self) -> String {
        format!("postgres://reverie@127.0.0.1:{}/postgres", self.port)
    }

    /// Starts it, again or for the first time.
    pub fn start(&self) {
        let log = self.folder.path().join("log").display().to_string();
        let options = format!("-p {} -k {} -c listen_addresses=127.0.0.1", self.port, self.folder.path().display());
        self.run("pg_ctl", &["start", "--wait", "--silent", "--log", &log, "--options", &options]);
    }

    /// Stops it as an operator does: whoever is connected is sent away.
    pub fn stop(&self) {
        self.run("pg_ctl", &["stop", "--wait", "--silent", "--mode", "fast"]);
    }

    /// Ends it where it stands, as a power cut would; it recovers when it starts.
    pub fn end(&self) {
        self.run("pg_ctl", &["stop", "--wait", "--silent", "--mode", "immediate"]);
    }

    fn run(&self, program: &str, arguments: &[&str]) {
        assert!(self.command(program, arguments).status().unwrap().success(), "{program} {arguments:?}");
    }

    /// Postgres refuses to run as root; where a test is root, the user that the package made runs it.
    fn command(&self, program: &str, arguments: &[&str]) -> Command {
        let program = self.programs.join(program);
        let mut command = if is_root() {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--"]).arg(program);
            command
        } else {
            Command::new(program)
        };
        let folder: &Path = self.folder.path();
        command.args(arguments).arg("--pgdata").arg(folder.join("data")).current_dir(folder);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // A test may have stopped it already.
        let _stopped = self.command("pg_ctl", &["stop", "--silent", "--mode", "immediate"]).status();
    }
}

fn is_root() -> bool {
    let who = Command::new("id").arg("-u").output().unwrap();
    who.stdout.trim_ascii() == b"0"
}

/// Where the programs of Postgres are: on the path, or where packages put them.
fn programs() -> PathBuf {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let on_path = std::env::split_paths(&path).find(|folder| folder.join("initdb").exists());
    let places = ["/usr/lib/postgresql", "/opt/homebrew/opt"];
    let from_packages = places.iter().flat_map(std::fs::read_dir).flatten().flatten().map(|entry| entry.path().join("bin"));
    on_path
        .or_else(|| from_packages.filter(|folder| folder.join("initdb").exists()).max())
        .expect("install Postgres, or put initdb on PATH")
}
