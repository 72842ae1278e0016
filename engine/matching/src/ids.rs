//! Positions in tables, each table with a type of its own, and the tables.
//!
//! The search looks things up hundreds of millions of times a second, by positions that were made from the tables' own lengths. A
//! `get` that hands an `Option` to every caller would bury what the code says, and what to do with a `None` that cannot be is not a
//! question of matching. So the one place that indexes is here: a table can only be asked by the type of position that belongs to it,
//! which is what keeps a practitioner's number from being used on the supervisors.

use std::marker::PhantomData;
use std::ops::{Index, IndexMut};

/// A position in a [`Table`].
pub trait Position: Copy + Eq + Ord {
    fn nth(position: usize) -> Self;
    fn at(self) -> usize;
}

macro_rules! position {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u32);

        impl Position for $name {
            fn nth(position: usize) -> Self {
                Self(u32::try_from(position).unwrap_or(u32::MAX))
            }

            fn at(self) -> usize {
                usize::try_from(self.0).unwrap_or(usize::MAX)
            }
        }
    )*};
}

position! {
    /// A practitioner of a problem.
    PractitionerId;
    /// A supervisor of a problem.
    SupervisorId;
    /// A stream of the rules.
    StreamId;
    /// A half hour at which some supervisor could begin a session.
    StartId;
    /// An intervention that somebody works with.
    InterventionId;
    /// A group of an arrangement.
    GroupId;
    /// A practitioner as they stand in the file.
    PractitionerRow;
    /// A supervisor as they stand in the file.
    SupervisorRow;
    /// A half hour of the two weeks.
    HalfHour;
}

/// A list that is asked by one type of position.
#[derive(Clone, Debug)]
pub struct Table<P, T> {
    items: Vec<T>,
    position: PhantomData<P>,
}

impl<P: Position, T> Table<P, T> {
    pub fn new() -> Self {
        Self { items: Vec::new(), position: PhantomData }
    }

    pub fn filled(length: usize, item: T) -> Self
    where
        T: Clone,
    {
        Self { items: vec![item; length], position: PhantomData }
    }

    pub fn len(&self) -> usize {
        self.items.len()
    }

    pub fn push(&mut self, item: T) -> P {
        let position = P::nth(self.items.len());
        self.items.push(item);
        position
    }

    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.items.iter()
    }

    pub fn iter_mut(&mut self) -> std::slice::IterMut<'_, T> {
        self.items.iter_mut()
    }

    pub fn positions(&self) -> impl Iterator<Item = P> + use<P, T> {
        (0..self.items.len()).map(P::nth)
    }

    pub fn entries(&self) -> impl Iterator<Item = (P, &T)> {
        self.items.iter().enumerate().map(|(position, item)| (P::nth(position), item))
    }

    pub fn fill(&mut self, item: T)
    where
        T: Clone,
    {
        self.items.fill(item);
    }
}

impl<P: Position, T> FromIterator<T> for Table<P, T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Self { items: items.into_iter().collect(), position: PhantomData }
    }
}

impl<P: Position, T> Index<P> for Table<P, T> {
    type Output = T;

    #[inline]
    #[expect(clippy::indexing_slicing, reason = "the one place: see the head of this file")]
    fn index(&self, position: P) -> &T {
        &self.items[position.at()]
    }
}

impl<P: Position, T> IndexMut<P> for Table<P, T> {
    #[inline]
    #[expect(clippy::indexing_slicing, reason = "the one place: see the head of this file")]
    fn index_mut(&mut self, position: P) -> &mut T {
        &mut self.items[position.at()]
    }
}

/// A set of `C` for each `R`, one bit a member: who is free at a start, at which starts somebody is free.
#[derive(Clone, Debug)]
pub struct BitTable<R, C> {
    words: Vec<u64>,
    width: usize,
    positions: PhantomData<(R, C)>,
}

impl<R: Position, C: Position> BitTable<R, C> {
    pub fn new(rows: usize, columns: usize) -> Self {
        let width = columns.div_ceil(64).max(1);
        Self { words: vec![0; width.saturating_mul(rows)], width, positions: PhantomData }
    }

    #[inline]
    pub fn row(&self, row: R) -> &[u64] {
        let from = row.at() * self.width;
        self.words.get(from..from + self.width).unwrap_or_default()
    }

    #[inline]
    pub fn has(&self, row: R, column: C) -> bool {
        let word = row.at() * self.width + column.at() / 64;
        self.words.get(word).is_some_and(|word| word >> (column.at() % 64) & 1 == 1)
    }

    pub fn set(&mut self, row: R, column: C) {
        let word = row.at() * self.width + column.at() / 64;
        if let Some(word) = self.words.get_mut(word) {
            *word |= 1 << (column.at() % 64);
        }
    }

    /// A table of the same width without a row.
    pub fn without_rows(&self) -> Self {
        Self { words: Vec::new(), width: self.width, positions: PhantomData }
    }

    /// Adds a row that begins with these words, of a table of the same width; what is missing is empty.
    pub fn push_row(&mut self, row: &[u64]) {
        let length = self.words.len() + self.width;
        self.words.extend(row.iter().copied().take(self.width));
        self.words.resize(length, 0);
    }

    pub fn members(&self, row: R) -> impl Iterator<Item = C> {
        members_of(self.row(row).iter().copied())
    }
}

/// The positions whose bits are set in a row of words.
#[inline]
pub fn members_of<C: Position>(words: impl Iterator<Item = u64>) -> impl Iterator<Item = C> {
    words.enumerate().flat_map(|(word, bits)| {
        let mut bits = bits;
        std::iter::from_fn(move || {
            if bits == 0 {
                return None;
            }
            let bit = usize::try_from(bits.trailing_zeros()).unwrap_or(0);
            bits &= bits - 1;
            Some(C::nth(word * 64 + bit))
        })
    })
}
