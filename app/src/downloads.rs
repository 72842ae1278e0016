//! The lists of the product as files: the rows of a page, for whoever may see that page. `routes.rs` is for pages, this is for files.

use axum::extract::Query;
use http::Uri;
use serde::de::DeserializeOwned;

use crate::access::{Permission, Visit};
use crate::error::AppError;
use crate::ui::Table;
use crate::{
    access_log, account, audit, authorities, certificates, cpd, groups, hours, imports, library, matching, moderation, openings, people,
    reflections, sessions, spaces, statements, waiting,
};

/// Every list with the permission that its first line asks for, as the test of the matrix and the access document read it.
pub const DOWNLOADS: [(&str, Permission); 14] = [
    ("/people.csv", Permission::ManagePeople),
    ("/people/import.csv", Permission::ImportPeople),
    ("/authorities.csv", Permission::SeeAuthorities),
    ("/groups.csv", Permission::SeeOwnGroups),
    ("/to-mark.csv", Permission::MarkAttendance),
    ("/me/access.csv", Permission::UseOwnAccount),
    ("/me/hours.csv", Permission::KeepOwnHours),
    ("/me/log.csv", Permission::Learn),
    ("/library.csv", Permission::Learn),
    ("/statement.csv", Permission::SeeOwnStatement),
    ("/people/statement.csv", Permission::SeeStatements),
    ("/waiting.csv", Permission::ManageWaiting),
    ("/audit.csv", Permission::SeeAuditLog),
    ("/moderation.csv", Permission::Moderate),
];

/// The files of a matching round, which is named in the address, with their permission.
pub const ROUND_FILES: [(&str, Permission); 4] = [
    ("/matching/instance.json", Permission::ManageMatching),
    ("/matching/begun.json", Permission::ManageMatching),
    ("/matching/board.json", Permission::ManageMatching),
    ("/matching/proposal.json", Permission::ManageMatching),
];

/// The files of what is somebody's own, with their permission.
pub const OWN_FILES: [(&str, Permission); 4] = [
    ("/me/data.json", Permission::UseOwnAccount),
    ("/me/posts.md", Permission::UseOwnAccount),
    ("/me/reflections.md", Permission::KeepReflections),
    ("/me/log.pdf", Permission::Learn),
];

/// The files of certificates, which are named in the address, with their permission.
pub const CERTIFICATE_FILES: [(&str, Permission); 1] = [("/me/certificate.pdf", Permission::Learn)];

/// The files of posts, which are named in the address, with their permission.
pub const COMMUNITY_FILES: [(&str, Permission); 3] = [
    ("/community/file", Permission::UseCommunity),
    ("/moderation/file", Permission::UseCommunity),
    ("/openings/file", Permission::OpenTogether),
];

/// The files of what was brought, which is named in the address, with their permission.
pub const IMPORT_FILES: [(&str, Permission); 1] = [("/people/import/left.csv", Permission::ImportPeople)];

/// A file as it is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Download {
    /// What it is called.
    pub name: String,
    /// What it holds, as browsers are told.
    pub content_type: &'static str,
    /// All of it.
    pub content: Vec<u8>,
}

impl Download {
    fn csv(table: &Table) -> Result<Self, AppError> {
        Ok(Self { name: format!("{}.csv", table.name), content_type: "text/csv; charset=utf-8", content: table.to_csv()? })
    }

    fn pdf(name: &str, content: Vec<u8>) -> Self {
        Self { name: format!("{name}.pdf"), content_type: "application/pdf", content }
    }

    fn json(name: &str, text: String) -> Self {
        Self { name: format!("{name}.json"), content_type: "application/json", content: text.into_bytes() }
    }

    fn markdown(name: &str, text: String) -> Self {
        Self { name: format!("{name}.md"), content_type: "text/markdown; charset=utf-8", content: text.into_bytes() }
    }

    /// A file of a post. What it was called may say more than what is in it.
    fn attachment((kind, content): (spaces::FileKind, Vec<u8>)) -> Self {
        Self { name: format!("attachment.{}", kind.ending()), content_type: kind.content_type(), content }
    }
}

/// The file at an address, with the filters that stand in it.
pub async fn file_at(visit: &Visit, address: &Uri) -> Result<Download, AppError> {
    match address.path() {
        "/me/data.json" => {
            let log = reflections::log_as_data(visit).await?;
            account::my_data_file(visit, log).await.map(|text| Download::json("what-reverie-holds-about-me", text))
        }
        "/me/posts.md" => spaces::own_posts_as_text(visit).await.map(|text| Download::markdown("my-posts", text)),
        "/me/reflections.md" => reflections::log_as_text(visit).await.map(|text| Download::markdown("my-reflective-log", text)),
        "/me/log.pdf" => cpd::log_file(visit, &filter(address)?).await.map(|content| Download::pdf("cpd-log", content)),
        "/me/certificate.pdf" => {
            certificates::certificate_file(visit, &filter(address)?).await.map(|content| Download::pdf("certificate", content))
        }
        "/matching/instance.json" => matching::instance_file(visit, &filter(address)?).await.map(|text| Download::json("instance", text)),
        "/matching/begun.json" => matching::begun_file(visit, &filter(address)?).await.map(|text| Download::json("begun", text)),
        "/matching/board.json" => matching::board_file(visit, &filter(address)?).await.map(|text| Download::json("board", text)),
        "/matching/proposal.json" => matching::proposal_file(visit, &filter(address)?).await.map(|text| Download::json("proposal", text)),
        "/community/file" => spaces::community_file(visit, &filter(address)?).await.map(Download::attachment),
        "/openings/file" => openings::opened_file(visit, &filter(address)?).await.map(Download::attachment),
        "/moderation/file" => moderation::case_file(visit, &filter(address)?).await.map(Download::attachment),
        "/people/import/left.csv" => {
            let content = imports::left_rows(visit, &filter(address)?).await?;
            Ok(Download { name: "rows-to-mend.csv".to_owned(), content_type: "text/csv; charset=utf-8", content })
        }
        _ => Download::csv(&table_at(visit, address).await?),
    }
}

/// The list at an address, with the filters that stand in it.
async fn table_at(visit: &Visit, address: &Uri) -> Result<Table, AppError> {
    match address.path() {
        "/people.csv" => people::people_table(visit, &filter(address)?).await,
        "/people/import.csv" => imports::template_table(visit),
        "/authorities.csv" => authorities::register_table(visit, &filter(address)?).await,
        "/groups.csv" => groups::groups_table(visit, &filter(address)?).await,
        "/to-mark.csv" => sessions::to_mark_table(visit).await,
        "/me/access.csv" => access_log::access_table(visit, spaces::told_of(visit).await?).await,
        "/me/hours.csv" => hours::hours_table(visit, &filter(address)?).await,
        "/me/log.csv" => cpd::log_table(visit, &filter(address)?).await,
        "/library.csv" => library::library_table(visit, &filter(address)?).await,
        "/statement.csv" => statements::own_statement_table(visit, &filter(address)?).await,
        "/people/statement.csv" => statements::statement_table(visit, &filter(address)?).await,
        "/audit.csv" => audit::audit_table(visit, &filter(address)?).await,
        "/moderation.csv" => moderation::moderation_table(visit).await,
        "/waiting.csv" => waiting::waiting_table(visit, &filter(address)?).await,
        _ => Err(AppError::NotFound),
    }
}

/// What an address asks for. One that holds no text is nowhere.
fn filter<F: DeserializeOwned>(address: &Uri) -> Result<F, AppError> {
    let query = percent_encoding::percent_decode_str(address.query().unwrap_or_default()).decode_utf8().map_err(|_| AppError::NotFound)?;
    if query.contains('\0') {
        return Err(AppError::NotFound);
    }
    Query::try_from_uri(address).map(|Query(filter)| filter).map_err(|_| AppError::NotFound)
}
