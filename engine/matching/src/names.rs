//! Names of the file as numbers.

use crate::order::in_order;

/// Names in alphabetical order, so that the position of one does not depend on who comes first in the file.
#[derive(Debug)]
pub struct Names<'a>(Vec<&'a str>);

impl<'a> Names<'a> {
    pub fn new(names: impl Iterator<Item = &'a String>) -> Self {
        let mut names: Vec<&str> = in_order(names.map(String::as_str), |name| name);
        names.dedup();
        Self(names)
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn at(&self, name: &str) -> Option<usize> {
        self.0.binary_search(&name).ok()
    }

    pub fn number(&self, name: &str) -> u32 {
        self.at(name).and_then(|position| u32::try_from(position).ok()).unwrap_or(u32::MAX)
    }

    /// One bit for each of some names.
    pub fn bits(&self, names: &[String]) -> u32 {
        names
            .iter()
            .filter_map(|name| self.at(name))
            .fold(0, |bits, position| bits | 1_u32.checked_shl(u32::try_from(position).unwrap_or(32)).unwrap_or(0))
    }

    pub fn to_strings(&self) -> Vec<String> {
        self.0.iter().map(|name| (*name).to_owned()).collect()
    }
}

/// Who is called so, where each name belongs to one.
#[derive(Debug)]
pub struct ByName<'a, P> {
    names: Names<'a>,
    positions: Vec<Option<P>>,
}

impl<'a, P: Copy> ByName<'a, P> {
    pub fn new(called: &[(&'a String, P)]) -> Self {
        let names = Names::new(called.iter().map(|(name, _)| *name));
        let mut positions = vec![None; names.len()];
        for (name, position) in called {
            if let Some(there) = names.at(name).and_then(|at| positions.get_mut(at)) {
                *there = Some(*position);
            }
        }
        Self { names, positions }
    }

    pub fn get(&self, name: &str) -> Option<P> {
        self.names.at(name).and_then(|at| self.positions.get(at).copied().flatten())
    }
}
