//! `reverie migrate`.

use std::error::Error;

use crate::config::Config;

/// Brings the database to the schema of this version.
pub async fn migrate(config: &Config) -> Result<(), Box<dyn Error>> {
    let database = super::open_database(config).await?;
    database.migrate().await?;
    database.close().await;
    Ok(())
}
