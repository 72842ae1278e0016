//! A browser as small as tests need one: one request for each connection, and one cookie.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// Somebody who looks at a server.
#[derive(Clone, Debug)]
pub struct Browser {
    address: String,
    cookie: Option<String>,
}

/// What a server answered.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Answer {
    /// A header's value.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (found, value) = line.split_once(':')?;
            found.eq_ignore_ascii_case(name).then_some(value.trim())
        })
    }
}

impl Browser {
    /// A browser without any cookie.
    pub fn at(address: &str) -> Self {
        Self { address: address.to_owned(), cookie: None }
    }

    /// The same browser at the address that another looks at: the server has moved.
    pub fn moved_to(self, other: &Self) -> Self {
        Self { address: other.address.clone(), ..self }
    }

    /// The same browser, signed in with a cookie that holds this.
    pub fn with_token(self, token: &str) -> Self {
        Self { cookie: Some(format!("sign-in={token}")), ..self }
    }

    /// Opens a page; nothing where the server does not answer.
    pub fn get(&self, path: &str) -> Option<Answer> {
        self.request("GET", path, "")
    }

    /// Opens what is kept under a mark, unless it is the same still.
    pub fn get_unless(&self, path: &str, mark: &str) -> Option<Answer> {
        let head = self.head("GET", path, "").replacen("connection: close", &format!("if-none-match: {mark}\r\nconnection: close"), 1);
        self.send(&head)
    }

    /// Sends a form from a page, as a browser without scripts does.
    pub fn post(&self, page: &str, fields: &str) -> Option<Answer> {
        self.request("POST", page, fields)
    }

    /// Chooses one of the invented people of a demonstration. Answers whether the server acknowledged it.
    pub fn sign_in_as(&mut self, role: &str) -> bool {
        let answer = self.post("/sign-in", &format!("_action=/api/enter_demonstration&form[role]={role}&form[next]=/menu"));
        let acknowledged = answer.filter(|answer| answer.status == 303);
        let is_acknowledged = acknowledged.is_some();
        self.cookie = None;
        if let Some(answer) = acknowledged {
            self.keep(&answer);
        }
        is_acknowledged && self.cookie.is_some()
    }

    /// Keeps the cookie that an answer sets.
    pub fn keep(&mut self, answer: &Answer) {
        if let Some(line) = answer.header("set-cookie") {
            self.cookie = line.split(';').next().map(ToOwned::to_owned);
        }
    }

    /// What the cookie holds.
    pub fn token(&self) -> Option<String> {
        self.cookie.as_ref().and_then(|cookie| cookie.split('=').nth(1)).map(ToOwned::to_owned)
    }

    /// Whether the server knows who this is.
    pub fn is_signed_in(&self) -> bool {
        self.get("/menu").is_some_and(|answer| answer.status == 200)
    }

    /// Sends the head of a form and half of the form.
    pub fn begin_to_post(&self, page: &str, fields: &str) -> (TcpStream, String) {
        let (first, rest) = fields.split_at(fields.len() / 2);
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.write_all(format!("{}{first}", self.head("POST", page, fields)).as_bytes()).unwrap();
        (stream, rest.to_owned())
    }

    /// Reads what came back on a connection.
    pub fn read(mut stream: TcpStream) -> Option<Answer> {
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).ok()?;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n")?;
        let status = head.split(' ').nth(1)?.parse().ok()?;
        Some(Answer { status, head: head.to_owned(), body: body.to_owned() })
    }

    /// Opens what goes on for as long as somebody listens, and reads its head.
    pub fn listen(&self, path: &str) -> Heard {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let wanted = "accept: text/event-stream\r\naccept-encoding: gzip, br";
        let request = self.head("GET", path, "").replacen("accept: text/html", wanted, 1);
        stream.write_all(request.as_bytes()).unwrap();
        let mut heard = Heard { stream, text: String::new() };
        heard.wait_for("\r\n\r\n", Duration::from_secs(10)).unwrap();
        heard
    }

    /// Connects, says something, and says no more.
    pub fn connect(&self, beginning: &str) -> Heard {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.write_all(beginning.as_bytes()).unwrap();
        Heard { stream, text: String::new() }
    }

    fn request(&self, method: &str, path: &str, body: &str) -> Option<Answer> {
        self.send(&format!("{}{body}", self.head(method, path, body)))
    }

    fn send(&self, request: &str) -> Option<Answer> {
        let mut stream = TcpStream::connect(&self.address).ok()?;
        stream.set_read_timeout(Some(Duration::from_secs(30))).ok()?;
        stream.write_all(request.as_bytes()).ok()?;
        Self::read(stream)
    }

    fn head(&self, method: &str, path: &str, body: &str) -> String {
        let cookie = self.cookie.as_ref().map(|cookie| format!("cookie: {cookie}\r\n")).unwrap_or_default();
        format!(
            "{method} {path} HTTP/1.1\r\nhost: {address}\r\norigin: http://{address}\r\nsec-fetch-site: same-origin\r\naccept: text/html\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: {length}\r\n{cookie}connection: close\r\n\r\n",
            address = self.address,
            length = body.len(),
        )
    }
}

/// A connection on which a server speaks.
#[derive(Debug)]
pub struct Heard {
    stream: TcpStream,
    text: String,
}

impl Heard {
    /// Waits until the server has said something, and answers all that it has said so far; nothing where it does not in time.
    pub fn wait_for(&mut self, words: &str, patience: Duration) -> Option<String> {
        let until = Instant::now() + patience;
        while !self.text.contains(words) {
            if !self.read_before(until) {
                return None;
            }
        }
        // What follows is listened for anew.
        Some(std::mem::take(&mut self.text)).inspect(|text| self.text = if words == "\r\n\r\n" { text.clone() } else { String::new() })
    }

    /// Whether the server lets the connection go in time.
    pub fn has_ended(&mut self, patience: Duration) -> bool {
        let until = Instant::now() + patience;
        while self.read_before(until) {}
        Instant::now() < until
    }

    /// A line of its head.
    pub fn head_line(&self, name: &str) -> &str {
        let line = self.text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
        line.unwrap_or_default()
    }

    fn read_before(&mut self, until: Instant) -> bool {
        let mut bytes = [0; 1024];
        let left = until.saturating_duration_since(Instant::now()).max(Duration::from_millis(1));
        self.stream.set_read_timeout(Some(left)).unwrap();
        let count = self.stream.read(&mut bytes).unwrap_or(0);
        self.text.push_str(&String::from_utf8_lossy(bytes.get(..count).unwrap_or_default()));
        count > 0
    }
}
