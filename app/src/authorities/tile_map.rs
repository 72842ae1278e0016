//! The register as a map on which each authority counts as one: 75 equal tiles, placed by hand so that England can be recognised.

use leptos::prelude::*;

use super::answers::{ListedAuthority, Register};
use super::model::Stage;
use super::register::REGIONS;
use crate::paths;

/// Where a tile stands, on a grid of half tiles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    gss_code: &'static str,
    /// Three letters.
    code: &'static str,
    x: &'static str,
    y: &'static str,
}

/// Where the name of a region stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Label {
    region: &'static str,
    x: &'static str,
    y: &'static str,
}

fn places() -> impl Iterator<Item = Place> {
    const PLACES: &str = include_str!("tile_map.csv");

    PLACES.lines().skip(1).filter_map(|line| {
        let mut cells = line.split(',');
        let (gss_code, _name, _region) = (cells.next()?, cells.next()?, cells.next()?);
        Some(Place { gss_code, code: cells.next()?, x: cells.next()?, y: cells.next()? })
    })
}

fn labels() -> impl Iterator<Item = Label> {
    const LABELS: &str = include_str!("tile_map_labels.csv");

    LABELS.lines().skip(1).filter_map(|line| {
        let mut cells = line.split(',');
        Some(Label { region: cells.next()?, x: cells.next()?, y: cells.next()? })
    })
}

/// The map and its key. The list has the same content, and sorts.
#[component]
pub fn TileMap(register: Register) -> impl IntoView {
    let key = Stage::ALL
        .into_iter()
        .map(|stage| {
            view! { <li data-st=stage.mark()><i></i><span>{stage.name()}" "<b>{register.count(stage).to_string()}</b></span></li> }
        })
        .collect_view();
    let regions = REGIONS
        .into_iter()
        .map(|region| {
            let authorities = register.authorities.iter().filter(|authority| authority.region == region).cloned().collect();
            view! { <Region region authorities /> }
        })
        .collect_view();
    view! {
        <section class="card" aria-labelledby="map">
            <div class="card__head"><h2 id="map">"Stages by authority"</h2></div>
            <ul class="stkey below-5" aria-label="Key, with how many there are">{key}</ul>
            <ul class="tilemap">{regions}</ul>
        </section>
    }
}

/// A region's name, then its tiles: on a phone they fall into rows below it.
#[component]
fn Region(region: &'static str, authorities: Vec<ListedAuthority>) -> impl IntoView {
    let label =
        labels().find(|label| label.region == region).map(|label| view! { <li class="rg" data-x=label.x data-y=label.y>{region}</li> });
    let tiles = authorities
        .into_iter()
        .filter_map(|authority| {
            let place = places().find(|place| place.gss_code == authority.gss_code)?;
            Some(view! { <Tile authority place /> })
        })
        .collect_view();
    view! { {label} {tiles} }
}

/// Three letters that lead to an authority.
#[component]
fn Tile(authority: ListedAuthority, place: Place) -> impl IntoView {
    let stage = authority.stage;
    let words = format!("{}: {}", authority.name, stage.name().to_lowercase());
    view! {
        <li class="tile" data-st=stage.mark() data-x=place.x data-y=place.y>
            <a href=paths::authority(&authority.slug) title=words.clone()>{place.code}<span class="vh">{format!(", {words}")}</span></a>
        </li>
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::authorities::eligible;

    #[test]
    fn every_authority_has_a_tile_of_its_own_on_the_map() {
        for line in eligible() {
            assert_eq!(places().filter(|place| place.gss_code == line.gss_code).count(), 1, "{}", line.name);
        }
        assert_eq!(places().map(|place| (place.x, place.y)).collect::<BTreeSet<_>>().len(), 75);
        assert_eq!(places().map(|place| place.code).collect::<BTreeSet<_>>().len(), 75);
    }

    #[test]
    fn every_region_has_its_name_on_the_map() {
        for region in REGIONS {
            assert_eq!(labels().filter(|label| label.region == region).count(), 1, "{region}");
        }
    }
}
