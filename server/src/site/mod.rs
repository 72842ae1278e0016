//! What the browser loads beside the pages: the style sheet, the WebAssembly, fonts and icons. A release carries them inside the program;
//! otherwise they are read from the folder that the build made.

#[cfg(feature = "one-file")]
mod inside;

use std::fmt;
use std::path::{Path, PathBuf};

use data_encoding::BASE64URL_NOPAD;
use sha2::{Digest, Sha256};

#[cfg(feature = "one-file")]
pub use inside::Inside;

/// The files that pages name. Their content makes the version that stands in their address.
const BUILT: [&str; 5] = ["pkg/reverie.css", "pkg/reverie.js", "pkg/reverie.wasm", "pkg/matching.js", "pkg/matching.wasm"];

/// Whether `cargo leptos watch` builds the files anew at every change.
pub fn is_watched() -> bool {
    std::env::var_os("LEPTOS_WATCH").is_some()
}

/// Where the files are.
#[derive(Clone, Debug)]
pub enum Site {
    /// A folder, read whenever somebody asks.
    Folder(PathBuf),
    /// This program.
    #[cfg(feature = "one-file")]
    Inside,
}

impl Site {
    /// The folder that is named; otherwise what is inside the program, or else what the build made.
    pub fn of(folder: Option<&Path>) -> Self {
        match folder {
            Some(folder) => Self::Folder(folder.to_owned()),
            #[cfg(feature = "one-file")]
            None => Self::Inside,
            #[cfg(not(feature = "one-file"))]
            None => Self::Folder(PathBuf::from("target/site")),
        }
    }

    /// A name for what was built, made of its content. It stands in the addresses, so what is found there never changes.
    pub fn version(&self) -> String {
        let mut hasher = Sha256::new();
        for name in BUILT {
            if let Some(content) = self.read(name) {
                hasher.update(content);
            } else {
                tracing::warn!("There is no {name} in {self}, so pages come without it; `script/server` builds it.");
            }
        }
        let digest = hasher.finalize();
        BASE64URL_NOPAD.encode(digest.first_chunk::<12>().map_or(&[], |start| start.as_slice()))
    }

    fn read(&self, name: &str) -> Option<Vec<u8>> {
        match self {
            Self::Folder(folder) => std::fs::read(folder.join(name)).ok(),
            #[cfg(feature = "one-file")]
            Self::Inside => inside::carried(Path::new(name)).map(|file| file.contents().to_vec()),
        }
    }
}

impl fmt::Display for Site {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Folder(folder) => folder.display().fmt(formatter),
            #[cfg(feature = "one-file")]
            Self::Inside => "the program".fmt(formatter),
        }
    }
}
