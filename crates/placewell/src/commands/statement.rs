//! `placewell statement`

use std::path::{Path, PathBuf};

use domain::Day;
use report::block::Report;
use service::holdings::Holding;
use service::plans::Named;
use service::statements::{self, About, Ahead, AheadRequest, Request};
use service::work::Progress;
use service::{App, areas, holdings};

use crate::cli::Statement;
use crate::commands::{file, measures};
use crate::output;

/// What a statement can be written as: the ending of the file's name chooses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Html,
    Pdf,
    Docx,
    Xlsx,
}

pub(crate) fn run(app: &App, args: &Statement) -> anyhow::Result<()> {
    let form = form(&args.out)?;
    let as_of = args.as_of.as_deref().map(measures::date).transpose()?;
    let report = if let Some(path) = &args.returns {
        let folder = holdings::Folder { path: path.clone(), authority: Some(args.authority.clone()), year: None };
        let holding = holdings::open(folder)?;
        let ahead = look_ahead(&holding, as_of, args)?;
        statements::compose(app, &Request { about: About::Holding(&holding), as_of, ahead: Some(&ahead) })?
    } else {
        let area = areas::find(&args.authority)?.id;
        statements::compose(app, &Request { about: About::Area(area), as_of, ahead: None })?
    };
    file::write_whole(&args.out, &write(&report, form)?)?;
    output::say(&format!("Wrote the statement of {} as of {} to {}.", report.authority, report.as_of_words(), args.out.display()));
    Ok(())
}

/// What lies ahead, from the returns and the files beside them.
fn look_ahead(holding: &Holding, as_of: Option<Day>, args: &Statement) -> anyhow::Result<Ahead> {
    let read = |path: &PathBuf| Ok::<_, anyhow::Error>((path.display().to_string(), file::read(path)?));
    let one = |path: &Option<PathBuf>| path.as_ref().map(read).transpose();
    let scenarios = args.scenario.iter().map(read).collect::<anyhow::Result<Vec<_>>>()?;
    let (supply, requests, plan, target) = (one(&args.supply)?, one(&args.requests)?, one(&args.plan)?, one(&args.target)?);
    let (prices, held) = (one(&args.prices)?, one(&args.held)?);
    let request = AheadRequest {
        scenarios: scenarios.iter().map(named).collect(),
        supply: supply.as_ref().map(named),
        requests: requests.as_ref().map(named),
        plan: plan.as_ref().map(named),
        target: target.as_ref().map(named),
        prices: prices.as_ref().map(named),
        held: held.as_ref().map(named),
    };
    let ahead = statements::look_ahead(holding, as_of, &request, &Progress::default())?;
    for sentence in ahead.findings.iter().map(|finding| &finding.message).chain(&ahead.warnings) {
        output::say(sentence);
    }
    Ok(ahead)
}

fn named((name, bytes): &(String, Vec<u8>)) -> Named<'_> {
    Named { name, bytes }
}

fn form(out: &Path) -> anyhow::Result<Form> {
    match out.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase).as_deref() {
        Some("html" | "htm") => Ok(Form::Html),
        Some("pdf") => Ok(Form::Pdf),
        Some("docx") => Ok(Form::Docx),
        Some("xlsx") => Ok(Form::Xlsx),
        _ => anyhow::bail!("The ending of {} does not say what to write: use .html, .pdf, .docx or .xlsx.", out.display()),
    }
}

fn write(report: &Report, form: Form) -> anyhow::Result<Vec<u8>> {
    Ok(match form {
        Form::Html => report::html::write(report).into_bytes(),
        Form::Pdf => pdf::write(report)?,
        Form::Docx => report::docx::write(report)?,
        Form::Xlsx => report::xlsx::write(report)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_chooses_and_an_unknown_one_is_refused() {
        assert_eq!(form(Path::new("n.PDF")).unwrap(), Form::Pdf);
        assert_eq!(form(Path::new("a.b/n.docx")).unwrap(), Form::Docx);
        assert!(form(Path::new("n.odt")).unwrap_err().to_string().contains("use .html, .pdf, .docx or .xlsx"));
        assert!(form(Path::new("n")).is_err());
    }
}
