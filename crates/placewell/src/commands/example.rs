//! `placewell example`

use example::Settings;

use crate::cli::{Example, Setting};
use crate::output;

/// The latest return year that was complete when this version was made.
const LAST_YEAR: u32 = 2026;

pub(crate) fn run(args: &Example) -> anyhow::Result<()> {
    let unusable = [
        (args.years == 0 || args.years > 40, "--years must be from 1 to 40."),
        (args.children == 0, "--children must be at least 1."),
        (args.authorities == 0, "--authorities must be at least 1."),
        (!(0.0..=1.0).contains(&args.dirt), "--dirt is a share: from 0 to 1."),
    ];
    if let Some((_, sentence)) = unusable.iter().find(|(wrong, _)| *wrong) {
        anyhow::bail!("{sentence}");
    }
    let written = example::write(&args.dir, &settings(args), args.truth.as_deref())?;
    let named = match written.authorities.as_slice() {
        [one] => one.clone(),
        many => format!("{} authorities", many.len()),
    };
    output::say(&format!(
        "Wrote {named} to {}: {} files, {} rows of episodes. All of it is made up; README.txt in each folder says so.",
        args.dir.display(),
        written.files,
        written.episode_rows
    ));
    Ok(())
}

fn settings(args: &Example) -> Settings {
    Settings {
        seed: args.seed,
        years: args.years,
        children: args.children,
        authorities: args.authorities,
        setting: match args.setting {
            Setting::Stationary => example::Setting::Stationary,
            Setting::Growth => example::Setting::Growth,
            Setting::Dip => example::Setting::Dip,
            Setting::Surge => example::Setting::Surge,
        },
        dirt: args.dirt,
        last_year: LAST_YEAR,
        ..Settings::default()
    }
}
