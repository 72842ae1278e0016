//! The files that a release carries, in the form in which `ServeDir` asks for files.

use std::future::{Ready, ready};
use std::io::{self, Cursor, ErrorKind};
use std::path::{Component, Path, PathBuf};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::SystemTime;

use include_dir::{Dir, File as Carried, include_dir};
use tokio::io::{AsyncRead, AsyncSeek, ReadBuf};
use tower_http::services::fs::{Backend, File, Metadata};

/// What the build made, as it was when the program was compiled.
static CARRIED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../target/site");

/// The file at a path, which may begin with `./`.
pub fn carried(path: &Path) -> Option<&'static Carried<'static>> {
    CARRIED.get_file(path.components().filter(|part| matches!(part, Component::Normal(_))).collect::<PathBuf>())
}

/// Files without a file system.
#[derive(Clone, Copy, Debug)]
pub struct Inside;

/// A file in memory.
#[derive(Debug)]
pub struct CarriedFile {
    bytes: Cursor<&'static [u8]>,
    facts: Facts,
}

/// What is known of a file without reading it.
#[derive(Clone, Copy, Debug)]
pub struct Facts {
    length: u64,
    modified: SystemTime,
}

impl Inside {
    fn find(path: &Path) -> io::Result<CarriedFile> {
        let file = carried(path).ok_or(ErrorKind::NotFound)?;
        let modified = file.metadata().map_or(SystemTime::UNIX_EPOCH, |metadata| metadata.modified());
        let length = u64::try_from(file.contents().len()).map_err(|_| ErrorKind::FileTooLarge)?;
        Ok(CarriedFile { bytes: Cursor::new(file.contents()), facts: Facts { length, modified } })
    }
}

impl Backend for Inside {
    type File = CarriedFile;
    type Metadata = Facts;
    type OpenFuture = Ready<io::Result<CarriedFile>>;
    type MetadataFuture = Ready<io::Result<Facts>>;

    fn open(&self, path: PathBuf) -> Self::OpenFuture {
        ready(Self::find(&path))
    }

    fn metadata(&self, path: PathBuf) -> Self::MetadataFuture {
        ready(Self::find(&path).map(|file| file.facts))
    }
}

impl File for CarriedFile {
    type Metadata = Facts;
    type MetadataFuture<'a> = Ready<io::Result<Facts>>;

    fn metadata(&self) -> Self::MetadataFuture<'_> {
        ready(Ok(self.facts))
    }
}

impl Metadata for Facts {
    fn is_dir(&self) -> bool {
        false
    }

    fn modified(&self) -> io::Result<SystemTime> {
        Ok(self.modified)
    }

    fn len(&self) -> u64 {
        self.length
    }
}

impl AsyncRead for CarriedFile {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.bytes).poll_read(context, buffer)
    }
}

impl AsyncSeek for CarriedFile {
    fn start_seek(mut self: Pin<&mut Self>, position: io::SeekFrom) -> io::Result<()> {
        Pin::new(&mut self.bytes).start_seek(position)
    }

    fn poll_complete(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<u64>> {
        Pin::new(&mut self.bytes).poll_complete(context)
    }
}
