//! Reading a backup, first whole to see that it is one, then again to restore it.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use data_encoding::HEXLOWER;
use flate2::read::MultiGzDecoder;
use sha2::{Digest, Sha256};

use super::{ArchiveError, FORMAT, Header, Line};

/// What a whole backup holds.
#[derive(Clone, Debug)]
pub struct Contents {
    /// What it says of itself.
    pub header: Header,
    /// Every table with its number of rows.
    pub tables: Vec<(String, u64)>,
    /// The number of rows of them all.
    pub rows: u64,
    /// The checksum that it bears.
    pub sha256: String,
}

/// Reads a backup from beginning to end, and refuses one that is not whole.
pub fn check(path: &Path) -> Result<Contents, ArchiveError> {
    let mut reader = Reader::open(path)?;
    let (mut tables, mut rows) = (Vec::new(), 0);
    while let Some(line) = reader.next_line()? {
        match line {
            Line::Row(_) => rows += 1,
            Line::Table { table, .. } => tables.push((table, rows)),
            Line::End { end, rows: counted } => match tables.last_mut() {
                Some((table, before)) if *table == end && rows - *before == counted => *before = counted,
                _ => return Err(ArchiveError::Damaged(reader.line)),
            },
            Line::Total(total) => {
                if total.rows != rows || total.sha256 != reader.sha256_before || reader.next_line()?.is_some() {
                    return Err(ArchiveError::Damaged(reader.line));
                }
                return Ok(Contents { header: reader.header, tables, rows, sha256: total.sha256 });
            }
        }
    }
    Err(ArchiveError::CutShort)
}

/// The lines of a backup, one after the other.
pub(super) struct Reader {
    pub header: Header,
    lines: BufReader<MultiGzDecoder<File>>,
    hasher: Sha256,
    /// The checksum of every line before the one that was read last.
    sha256_before: String,
    /// The number of the line that was read last.
    line: u64,
}

impl Reader {
    pub fn open(path: &Path) -> Result<Self, ArchiveError> {
        let lines = BufReader::new(MultiGzDecoder::new(File::open(path)?));
        let header = Header { format: String::new(), schema: 0, made_at: String::new(), version: String::new() };
        let mut reader = Self { header, lines, hasher: Sha256::new(), sha256_before: String::new(), line: 0 };
        // A file that is not even compressed is none of ours, whatever stands in it.
        let first = reader.next_bytes().map_err(|_| ArchiveError::NotABackup)?;
        let header: Option<Header> = serde_json::from_slice(&first).ok();
        reader.header = header.filter(|header| header.format == FORMAT).ok_or(ArchiveError::NotABackup)?;
        Ok(reader)
    }

    pub fn next_line(&mut self) -> Result<Option<Line>, ArchiveError> {
        let bytes = self.next_bytes()?;
        if bytes.is_empty() {
            return Ok(None);
        }
        serde_json::from_slice(&bytes).map(Some).map_err(|_| self.torn(&bytes))
    }

    fn next_bytes(&mut self) -> Result<Vec<u8>, ArchiveError> {
        let mut bytes = Vec::new();
        match self.lines.read_until(b'\n', &mut bytes) {
            Ok(_) => {}
            Err(cause) if cause.kind() == std::io::ErrorKind::UnexpectedEof => return Err(ArchiveError::CutShort),
            Err(cause) if matches!(cause.kind(), std::io::ErrorKind::InvalidData | std::io::ErrorKind::InvalidInput) => {
                return Err(ArchiveError::Damaged(self.line + 1));
            }
            Err(cause) => return Err(cause.into()),
        }
        self.line += 1;
        // Only the last line looks at this, but which one that is shows afterwards; a row is rarely the last.
        if bytes.starts_with(b"{") {
            self.sha256_before = HEXLOWER.encode(&self.hasher.clone().finalize());
        }
        self.hasher.update(&bytes);
        Ok(bytes)
    }

    /// A line that cannot be read: the last of a file that was broken off, or damage.
    fn torn(&self, bytes: &[u8]) -> ArchiveError {
        if bytes.ends_with(b"\n") { ArchiveError::Damaged(self.line) } else { ArchiveError::CutShort }
    }
}
