//! A layout as a file.

use std::num::NonZeroU16;

use krilla::configure::{Accessibility, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::Point;
use krilla::metadata::Metadata;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, Identifier, Node, SpanTag, TableHeaderScope, Tag, TagGroup, TagTree};
use krilla::text::{Font, TextDirection};
use krilla::{Document, SerializeSettings};

use super::PdfSheet;
use super::layout::{FOOT, Layout, PAGE, Part, lay_out};
use super::letters::{BOLD, Letters, REGULAR, Weight};
use crate::database::unavailable;
use crate::error::AppError;

const LANGUAGE: &str = "en-GB";

/// The sheet as a file.
pub fn pdf_of(sheet: &PdfSheet) -> Result<Vec<u8>, AppError> {
    written(sheet).ok_or_else(|| unavailable("a sheet could not be written as PDF"))
}

fn written(sheet: &PdfSheet) -> Option<Vec<u8>> {
    let letters = Letters::read()?;
    let (regular, bold) = (Font::new(REGULAR.into(), 0)?, Font::new(BOLD.into(), 0)?);
    let layout = lay_out(&letters, sheet);
    let configuration = ConfigurationBuilder::new().with_accessibility_validator(Accessibility::UA1).finish().ok()?;
    let mut document = Document::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
    let mut leaves: Vec<Vec<Identifier>> = (0..layout.leaves).map(|_| Vec::new()).collect();
    for page in 0..layout.pages {
        let mut paper = document.start_page_with(PageSettings::from_wh(PAGE.0, PAGE.1)?);
        let mut surface = paper.surface();
        for run in layout.runs.iter().filter(|run| run.page == page) {
            let identifier = surface.start_tagged(ContentTag::Span(SpanTag::empty()));
            let font = if run.weight == Weight::Bold { &bold } else { &regular };
            surface.draw_text(Point::from_xy(run.left, run.baseline), font.clone(), run.size, &run.text, false, TextDirection::LeftToRight);
            surface.end_tagged();
            leaves.get_mut(run.leaf)?.push(identifier);
        }
        foot(&mut surface, &regular, &letters.that_there_are(&format!("{}, page {} of {}", sheet.foot, page + 1, layout.pages)));
        surface.finish();
        paper.finish();
    }
    document.set_outline(outline(&letters.that_there_are(&sheet.title), &layout));
    document.set_tag_tree(tree(&sheet.title, &layout, leaves)?);
    document.set_metadata(Metadata::new().title(sheet.title.clone()).language(LANGUAGE.to_owned()).creator("Reverie".to_owned()));
    document.finish().ok()
}

/// The foot of a page, which is no part of what is read.
fn foot(surface: &mut Surface<'_>, font: &Font, words: &str) {
    surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Footer)));
    surface.draw_text(Point::from_xy(56.0, FOOT), font.clone(), 8.0, words, false, TextDirection::LeftToRight);
    surface.end_tagged();
}

fn outline(title: &str, layout: &Layout) -> Outline {
    let mut top = OutlineNode::new(title.to_owned(), XyzDestination::new(0, Point::from_xy(0.0, 0.0)));
    for part in &layout.parts {
        if let Part::Heading { words, page, top: down, .. } = part {
            top.push_child(OutlineNode::new(words.clone(), XyzDestination::new(*page, Point::from_xy(0.0, *down))));
        }
    }
    let mut outline = Outline::new();
    outline.push_child(top);
    outline
}

fn tree(title: &str, layout: &Layout, leaves: Vec<Vec<Identifier>>) -> Option<TagTree> {
    let mut leaves: Vec<Vec<Node>> = leaves.into_iter().map(|lines| lines.into_iter().map(Node::Leaf).collect()).collect();
    let mut take = |leaf: usize| leaves.get_mut(leaf).map(std::mem::take).unwrap_or_default();
    let mut tree = TagTree::new().with_lang(Some(LANGUAGE.to_owned()));
    let (first, second) = (NonZeroU16::new(1)?, NonZeroU16::new(2)?);
    for part in &layout.parts {
        tree.push(match part {
            Part::Title { leaf } => TagGroup::with_children(Tag::Hn(first, Some(title.to_owned())), take(*leaf)),
            Part::Heading { leaf, words, .. } => TagGroup::with_children(Tag::Hn(second, Some(words.clone())), take(*leaf)),
            Part::Text { leaf } => TagGroup::with_children(Tag::P, take(*leaf)),
            Part::Table { rows, has_head } => table(rows, *has_head, &mut take),
        });
    }
    Some(tree)
}

fn table(rows: &[Vec<usize>], has_head: bool, take: &mut impl FnMut(usize) -> Vec<Node>) -> TagGroup {
    let mut table = TagGroup::new(Tag::Table);
    for (place, row) in rows.iter().enumerate() {
        let mut line = TagGroup::new(Tag::TR);
        for (column, leaf) in row.iter().enumerate() {
            let content = take(*leaf);
            line.push(if has_head && place == 0 {
                TagGroup::with_children(Tag::TH(TableHeaderScope::Column), content)
            } else if column == 0 {
                TagGroup::with_children(Tag::TH(TableHeaderScope::Row), content)
            } else {
                TagGroup::with_children(Tag::TD, content)
            });
        }
        table.push(line);
    }
    table
}
