//! What stands where: lines of text on pages, and what each belongs to.

use super::letters::{Letters, Weight};
use super::{Block, PdfSheet};

/// A4, in points.
pub(super) const PAGE: (f32, f32) = (595.28, 841.89);
const MARGIN: f32 = 56.0;
/// Where the text of a page ends, and where its foot stands.
const BOTTOM: f32 = PAGE.1 - 72.0;
pub(super) const FOOT: f32 = PAGE.1 - 40.0;
const WIDTH: f32 = PAGE.0 - 2.0 * MARGIN;
/// How much room is left between two columns.
const GAP: f32 = 10.0;

/// A line of text on a page.
#[derive(Debug)]
pub(super) struct Run {
    pub page: usize,
    pub left: f32,
    /// Where the letters stand.
    pub baseline: f32,
    pub size: f32,
    pub weight: Weight,
    pub text: String,
    /// Of which leaf it is a part.
    pub leaf: usize,
}

/// What the lines of a leaf are to a reader, in the order in which they are read.
#[derive(Debug)]
pub(super) enum Part {
    Title {
        leaf: usize,
    },
    Heading {
        leaf: usize,
        words: String,
        page: usize,
        top: f32,
    },
    Text {
        leaf: usize,
    },
    /// The leaves of each row; those of the first row are its headings where it has any.
    Table {
        rows: Vec<Vec<usize>>,
        has_head: bool,
    },
}

/// The whole of it.
#[derive(Debug)]
pub(super) struct Layout {
    pub runs: Vec<Run>,
    pub parts: Vec<Part>,
    pub leaves: usize,
    pub pages: usize,
}

/// Lays out a sheet.
pub(super) fn lay_out(letters: &Letters, sheet: &PdfSheet) -> Layout {
    let mut pen = Pen { letters, layout: Layout { runs: Vec::new(), parts: Vec::new(), leaves: 0, pages: 1 }, down: MARGIN };
    let leaf = pen.paragraph(&sheet.title, Weight::Bold, 20.0);
    pen.layout.parts.push(Part::Title { leaf });
    for block in &sheet.blocks {
        pen.block(block);
    }
    pen.layout
}

struct Pen<'a> {
    letters: &'a Letters,
    layout: Layout,
    /// How far down the page has been written.
    down: f32,
}

impl Pen<'_> {
    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading(words) => {
                self.down += 12.0;
                self.keep_together(60.0);
                let (page, top) = (self.layout.pages - 1, self.down);
                let leaf = self.paragraph(words, Weight::Bold, 13.0);
                self.layout.parts.push(Part::Heading { leaf, words: self.letters.that_there_are(words), page, top });
            }
            Block::Text(words) => {
                let leaf = self.paragraph(words, Weight::Regular, 10.0);
                self.layout.parts.push(Part::Text { leaf });
            }
            Block::Facts(facts) => {
                let rows: Vec<Vec<String>> = facts.iter().map(|(name, said)| vec![name.clone(), said.clone()]).collect();
                self.table(None, &rows, &[30, 70]);
            }
            Block::Rows { head, rows } => {
                let names: Vec<String> = head.iter().map(|(name, _)| (*name).to_owned()).collect();
                let shares: Vec<u16> = head.iter().map(|(_, share)| *share).collect();
                self.table(Some(&names), rows, &shares);
            }
        }
    }

    fn leaf(&mut self) -> usize {
        let leaf = self.layout.leaves;
        self.layout.leaves += 1;
        leaf
    }

    fn keep_together(&mut self, height: f32) {
        if self.down + height > BOTTOM {
            self.layout.pages += 1;
            self.down = MARGIN;
        }
    }

    fn paragraph(&mut self, words: &str, weight: Weight, size: f32) -> usize {
        let leaf = self.leaf();
        for text in self.letters.lines(words, weight, size, WIDTH) {
            self.keep_together(size * 1.4);
            self.down += size * 1.4;
            self.layout.runs.push(Run {
                page: self.layout.pages - 1,
                left: MARGIN,
                baseline: self.down - size * 0.4,
                size,
                weight,
                text,
                leaf,
            });
        }
        self.down += size * 0.5;
        leaf
    }

    fn table(&mut self, head: Option<&[String]>, rows: &[Vec<String>], shares: &[u16]) {
        let mut leaves = Vec::new();
        if let Some(head) = head {
            leaves.push(self.row(head, shares, true));
        }
        for row in rows {
            leaves.push(self.row(row, shares, false));
        }
        self.layout.parts.push(Part::Table { rows: leaves, has_head: head.is_some() });
        self.down += 6.0;
    }

    /// One row, on one page.
    fn row(&mut self, cells: &[String], shares: &[u16], is_head: bool) -> Vec<usize> {
        const SIZE: f32 = 9.5;

        let mut left = MARGIN;
        let mut placed = Vec::new();
        for (place, (cell, share)) in cells.iter().zip(shares).enumerate() {
            let width = WIDTH * f32::from(*share) / 100.0;
            let weight = if is_head || place == 0 { Weight::Bold } else { Weight::Regular };
            placed.push((left, weight, self.letters.lines(cell, weight, SIZE, width - GAP)));
            left += width;
        }
        let height = placed.iter().map(|(_, _, lines)| lines.iter().map(|_| SIZE * 1.35).sum::<f32>()).fold(0.0, f32::max);
        self.keep_together(height + 5.0);
        let mut leaves = Vec::new();
        for (left, weight, lines) in placed {
            let leaf = self.leaf();
            let mut down = self.down;
            for text in lines {
                down += SIZE * 1.35;
                self.layout.runs.push(Run {
                    page: self.layout.pages - 1,
                    left,
                    baseline: down - SIZE * 0.35,
                    size: SIZE,
                    weight,
                    text,
                    leaf,
                });
            }
            leaves.push(leaf);
        }
        self.down += height + 5.0;
        leaves
    }
}
