//! A folder with a database, the commands that are run there, and the server.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crate::browser::Browser;
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, SqliteConnection};
use tempfile::TempDir;

/// A folder and an empty database of its own.
#[derive(Debug)]
pub struct Installation {
    folder: TempDir,
    url: String,
    settings: Vec<(&'static str, String)>,
}

impl Installation {
    /// With the database in a file.
    pub fn on_sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("reverie.db").display());
        Self { folder, url, settings: vec![("REVERIE_DEMONSTRATION", "true".to_owned())] }
    }

    /// With a database of its own on the server that `script/test` starts.
    pub async fn on_postgres() -> Self {
        let server = std::env::var("TEST_POSTGRES_URL").unwrap();
        let name = format!("reverie_program_{}", app::database::new_id().simple());
        let mut connection = PgConnection::connect(&server).await.unwrap();
        connection.execute(AssertSqlSafe(format!("CREATE DATABASE {name}"))).await.unwrap();
        connection.close().await.unwrap();
        let (server, _) = server.rsplit_once('/').unwrap();
        Self { url: format!("{server}/{name}"), ..Self::on_sqlite() }
    }

    /// One of each kind, with the invented people of a demonstration in it.
    pub async fn of_both_kinds_with_people() -> [Self; 2] {
        let both = [Self::on_sqlite(), Self::on_postgres().await];
        for installation in &both {
            installation.succeed(&["demo"]);
        }
        both
    }

    /// The address of its database.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// A file in its folder.
    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The same with another setting, for every command from now on.
    pub fn with(mut self, key: &'static str, value: &str) -> Self {
        self.settings.push((key, value.to_owned()));
        self
    }

    /// The same, but the database is reached at another address.
    pub fn with_url(mut self, url: String) -> Self {
        self.url = url;
        self
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_reverie"));
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .env_clear()
            .env("DATABASE_URL", &self.url)
            .env("REVERIE_DATA", self.folder.path())
            .env("REVERIE_LISTEN", "127.0.0.1:0")
            .env("REVERIE_SITE", concat!(env!("CARGO_MANIFEST_DIR"), "/../public"))
            .envs(self.settings.iter().map(|(key, value)| (key, value)));
        command
    }

    /// Runs a command to its end.
    pub fn run(&self, arguments: &[&str]) -> Said {
        Said::of(&self.command(arguments).output().unwrap())
    }

    /// Runs a command to its end, which is handed something on its standard input.
    pub fn run_with(&self, arguments: &[&str], input: &[u8]) -> Said {
        let mut command = self.command(arguments);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(input).unwrap();
        Said::of(&child.wait_with_output().unwrap())
    }

    /// Runs a command that must succeed, and answers what it said.
    pub fn succeed(&self, arguments: &[&str]) -> String {
        let said = self.run(arguments);
        assert_eq!(said.code, Some(0), "{arguments:?} said {said:?}");
        said.output
    }

    /// Runs a command that must fail, and answers the one sentence that it gave as the reason.
    pub fn fail(&self, arguments: &[&str]) -> String {
        let said = self.run(arguments);
        assert_eq!(said.code, Some(1), "{arguments:?} said {said:?}");
        let sentence = said.errors.lines().last().unwrap_or_default();
        sentence.strip_prefix("reverie: ").unwrap().to_owned()
    }

    /// Starts a server and waits until it answers.
    pub fn serve(&self) -> Server {
        let server = self.begin_to_serve();
        server.wait_until_ready();
        server
    }

    /// Starts a server, which may or may not come to answer.
    pub fn begin_to_serve(&self) -> Server {
        self.begin(&["serve"])
    }

    /// Starts the program as whoever would have it serve.
    pub fn begin(&self, arguments: &[&str]) -> Server {
        let mut child = self.command(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let output = gather(child.stdout.take().unwrap());
        let errors = gather(child.stderr.take().unwrap());
        Server { child, output, errors }
    }

    /// Runs SQL on the database, past the program.
    pub async fn sql(&self, statement: &str) {
        let statement = sqlx::raw_sql(AssertSqlSafe(statement.to_owned()));
        if self.url.starts_with("sqlite:") {
            let mut connection = SqliteConnection::connect(&self.url).await.unwrap();
            statement.execute(&mut connection).await.unwrap();
            connection.close().await.unwrap();
        } else {
            let mut connection = PgConnection::connect(&self.url).await.unwrap();
            statement.execute(&mut connection).await.unwrap();
            connection.close().await.unwrap();
        }
    }

    /// Runs SQL on the database server, outside this database.
    pub async fn sql_on_server(&self, statement: &str) {
        let mut connection = PgConnection::connect(&std::env::var("TEST_POSTGRES_URL").unwrap()).await.unwrap();
        connection.execute(AssertSqlSafe(statement.to_owned())).await.unwrap();
        connection.close().await.unwrap();
    }

    /// The texts in the only column of what a query finds, past the program.
    pub async fn texts(&self, query: &str) -> Vec<String> {
        let query = AssertSqlSafe(query.to_owned());
        if self.url.starts_with("sqlite:") {
            let mut connection = SqliteConnection::connect(&self.url).await.unwrap();
            sqlx::query_scalar(query).fetch_all(&mut connection).await.unwrap()
        } else {
            let mut connection = PgConnection::connect(&self.url).await.unwrap();
            sqlx::query_scalar(query).fetch_all(&mut connection).await.unwrap()
        }
    }
}

/// What a command that ended had to say.
#[derive(Debug)]
pub struct Said {
    pub code: Option<i32>,
    pub output: String,
    pub errors: String,
}

impl Said {
    fn of(output: &Output) -> Self {
        Self {
            code: output.status.code(),
            output: String::from_utf8(output.stdout.clone()).unwrap(),
            errors: String::from_utf8(output.stderr.clone()).unwrap(),
        }
    }
}

/// A server that runs until it is stopped or dropped.
#[derive(Debug)]
pub struct Server {
    child: Child,
    output: Arc<Mutex<String>>,
    errors: Arc<Mutex<String>>,
}

impl Server {
    /// Waits until it answers and its database does.
    pub fn wait_until_ready(&self) {
        let until = Instant::now() + Duration::from_secs(20);
        while Instant::now() < until {
            if self.address().is_some_and(|address| Browser::at(&address).get("/health/ready").is_some_and(|answer| answer.status == 200)) {
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        panic!("the server does not answer; it said {} and {}", self.output(), self.log());
    }

    /// Where it serves, once it has said so.
    fn address(&self) -> Option<String> {
        self.output().lines().find_map(|line| {
            ["Reverie is at http://", "It listens on "].iter().find_map(|words| line.strip_prefix(words)).map(ToOwned::to_owned)
        })
    }

    /// Somebody who looks at it.
    pub fn browser(&self) -> Browser {
        Browser::at(&self.address().unwrap())
    }

    /// Somebody who looks at its figures.
    pub fn figures(&self) -> Browser {
        let output = self.output();
        let address = output.lines().find_map(|line| line.strip_prefix("Figures are at http://")?.strip_suffix("/metrics"));
        Browser::at(address.unwrap())
    }

    /// What it said to whoever started it.
    pub fn output(&self) -> String {
        self.output.lock().unwrap().clone()
    }

    /// What it logged.
    pub fn log(&self) -> String {
        self.errors.lock().unwrap().clone()
    }

    /// Its number among the processes of this machine.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Tells it to stop, as a service manager does.
    pub fn terminate(&self) {
        self.signal("TERM");
    }

    /// Sends it a signal.
    pub fn signal(&self, name: &str) {
        let done = Command::new("kill").args(["-s", name, &self.child.id().to_string()]).status().unwrap();
        assert!(done.success());
    }

    /// Ends it where it stands, as a power cut would.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Waits for its end, and answers its exit code.
    pub fn wait_for_end(&mut self) -> Option<i32> {
        let until = Instant::now() + Duration::from_secs(40);
        while Instant::now() < until {
            if let Some(status) = self.child.try_wait().unwrap() {
                // Its last words may still be on their way.
                std::thread::sleep(Duration::from_millis(200));
                return status.code();
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        panic!("the server did not end; it said {}", self.log());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself, which is what some tests are about.
        let _ended = self.child.kill();
        let _status = self.child.wait();
    }
}

/// Keeps reading what a child says, so that it never waits for somebody to listen.
fn gather(stream: impl Read + Send + 'static) -> Arc<Mutex<String>> {
    let text = Arc::new(Mutex::new(String::new()));
    let kept = Arc::clone(&text);
    std::thread::spawn(move || {
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            let mut kept = kept.lock().unwrap();
            kept.push_str(&line);
            kept.push('\n');
        }
    });
    text
}
