//! The line to a database server, which a test can cut and mend.

use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

/// A line that passes on what it is given, while it is whole.
#[derive(Debug)]
pub struct Line {
    here: SocketAddr,
    is_whole: Arc<AtomicBool>,
    open: Arc<Mutex<Vec<TcpStream>>>,
}

impl Line {
    /// A line to a server.
    pub fn to(server: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let here = listener.local_addr().unwrap();
        let (is_whole, open) = (Arc::new(AtomicBool::new(true)), Arc::new(Mutex::new(Vec::new())));
        let (server, whole, streams) = (server.to_owned(), Arc::clone(&is_whole), Arc::clone(&open));
        std::thread::spawn(move || {
            for caller in listener.incoming().map_while(Result::ok) {
                // While it is cut, whoever calls is hung up on.
                if whole.load(Ordering::SeqCst) {
                    let called = TcpStream::connect(&server).unwrap();
                    streams.lock().unwrap().extend([caller.try_clone().unwrap(), called.try_clone().unwrap()]);
                    pass_on(caller.try_clone().unwrap(), called.try_clone().unwrap());
                    pass_on(called, caller);
                }
            }
        });
        Self { here, is_whole, open }
    }

    /// Where it begins.
    pub fn address(&self) -> SocketAddr {
        self.here
    }

    /// Ends every call on it, and takes no more.
    pub fn cut(&self) {
        self.is_whole.store(false, Ordering::SeqCst);
        for stream in self.open.lock().unwrap().drain(..) {
            // One side may have hung up already.
            let _closed = stream.shutdown(Shutdown::Both);
        }
    }

    /// Takes calls again.
    pub fn mend(&self) {
        self.is_whole.store(true, Ordering::SeqCst);
    }
}

fn pass_on(mut from: TcpStream, mut to: TcpStream) {
    std::thread::spawn(move || {
        // The end of either side ends the call; there is nobody to tell.
        let _passed = std::io::copy(&mut from, &mut to);
        let _closed = to.shutdown(Shutdown::Both);
    });
}
