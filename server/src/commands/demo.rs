//! `reverie demo`.

use std::error::Error;
use std::time::Instant;

use app::access::system;
use app::demonstration::{LoadError, Size, load};
use clap::{Args, ValueEnum};

use crate::config::Config;

#[derive(Debug, Args)]
pub struct Demo {
    /// How much is invented.
    #[arg(long, value_enum, default_value = "small")]
    size: SizeName,
    /// The same number invents the same people.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum SizeName {
    /// 75 authorities, 300 practitioners, 40 supervisors, 64 groups.
    Small,
    /// 600 practitioners, 60 supervisors, 150 groups and as many pairs: some 10,000 sessions in a year.
    Planning,
}

/// Fills an empty database. Where the demonstration is there already, it says so and changes nothing.
pub async fn demo(config: &Config, demo: &Demo) -> Result<(), Box<dyn Error>> {
    let size = match demo.size {
        SizeName::Small => Size::SMALL,
        SizeName::Planning => Size::PLANNING,
    };
    let database = super::open_database(config).await?;
    database.migrate().await?;
    let premises = config.premises(database.clone());
    let began = Instant::now();
    let outcome = load(&system(&premises, "demonstration data"), size, demo.seed, |step| println!("    {step}")).await;
    if outcome.is_ok() {
        database.count_anew().await?;
    }
    database.close().await;
    match outcome {
        Ok(loaded) => println!(
            "The demonstration is ready after {:.1} s: {} people, {} groups, {} sessions.",
            began.elapsed().as_secs_f32(),
            loaded.people,
            loaded.groups,
            loaded.sessions
        ),
        Err(LoadError::IsLoaded) => println!("The demonstration data are there already; nothing was changed."),
        Err(refusal) => return Err(refusal.into()),
    }
    Ok(())
}
