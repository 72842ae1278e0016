//! Series in the database.

mod agreed;
mod apart;
mod days_off;
mod fits;
mod groups;
mod open;

mod page;

mod plan;

mod save;

mod publish;

mod delete;

mod drafts;

#[cfg(test)]
mod tests;

pub(crate) use agreed::has_agreed;
pub use days_off::{DaysOffOfAll, days_off_from, days_off_of_all_from};
pub use delete::delete_draft;
pub use drafts::{drafts_page, publish_drafts};
pub use fits::reader_of;
pub use groups::groups_to_plan;
pub use open::{OpenedSeries, open_series, open_series_to_plan};
pub use page::series_page;
pub use plan::{Planned, check_plan, check_plan_led_by, page_of_draft, page_of_new};
pub use publish::{publish_by_itself, publish_series};
pub use save::{Then, make_draft, save_series};
