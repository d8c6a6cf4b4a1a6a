//! `placewell export --subject`, `reporting allow` and `retention`: what leaves the record for somebody outside it, or for good.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use anyhow::Context;
use jiff::civil::date;
use service::record as service_record;

use crate::cli::copies::{Allow, Erase, Expired, Export};
use crate::commands::record::{OWNER, on};
use crate::commands::{file, seal};
use crate::output;

pub(crate) fn export(home: &Path, args: &Export) -> anyhow::Result<()> {
    if args.out.exists() {
        anyhow::bail!("{} is there already. Give a folder that is not, so that two children's papers never mix.", args.out.display());
    }
    let (subject, authority, today) = on(home, &args.record, async |record| {
        let authority = service_record::authority(record, &OWNER, &args.authority).await?;
        let child = service_record::by_reference(record, &OWNER, authority.id, &args.subject).await?;
        let subject = service_record::export(record, &OWNER, authority.id, child, &args.reason).await?;
        Ok((subject, authority, record.today()))
    })?;
    let (year, month, day) = today.ymd();
    let files = subject.written(&authority.name, date(year as i16, month as i8, day as i8))?;
    for one in &files {
        let path = args.out.join(&one.name);
        let mut written = seal::private(&path)?;
        written
            .write_all(&one.bytes)
            .map_err(|fault| anyhow::anyhow!("{} cannot be written: {}.", path.display(), file::reason(&fault)))?;
    }
    #[cfg(unix)]
    fs::set_permissions(&args.out, std::os::unix::fs::PermissionsExt::from_mode(0o700)).context("the folder cannot be made private")?;
    let rows: usize = subject.held.iter().map(|held| held.rows.len()).sum();
    output::answer(&format!(
        "{} files in {}: {rows} rows of {} tables, and {} entries of the log. Read everything.html; look at the {} places in look-at-first.csv before anything is handed over.",
        files.len(),
        args.out.display(),
        subject.held.len(),
        subject.log.len(),
        subject.to_look_at().len()
    ))?;
    Ok(())
}

pub(crate) fn allow(home: &Path, args: &Allow) -> anyhow::Result<()> {
    let authority = on(home, &args.record, async |record| {
        let authority = service_record::authority(record, &OWNER, &args.authority).await?;
        service_record::allow_reader(record, &OWNER, &authority, &args.reader).await?;
        Ok(authority)
    })?;
    output::answer(&format!(
        "{reader} may read the reporting views of {}. Its sessions must say whose record they read; the owner of the database sees to it once:\n\
         ALTER ROLE {reader} SET placewell.authority = '{}';",
        authority.name,
        authority.id,
        reader = args.reader
    ))?;
    Ok(())
}

pub(crate) fn expired(home: &Path, args: &Expired) -> anyhow::Result<()> {
    let found = on(home, &args.record, async |record| {
        let authority = service_record::authority(record, &OWNER, &args.authority).await?;
        Ok(service_record::expired(record, &OWNER, authority.id).await?)
    })?;
    for one in &found {
        output::answer(&format!("Child {}: since {}, {}", one.child.reference, one.since, one.rule))?;
    }
    output::answer(&format!("{} case records may go by law.", found.len()))?;
    Ok(())
}

pub(crate) fn erase(home: &Path, args: &Erase) -> anyhow::Result<()> {
    let erased = on(home, &args.whose.record, async |record| {
        let authority = service_record::authority(record, &OWNER, &args.whose.authority).await?;
        Ok(service_record::erase_expired(record, &OWNER, authority.id, &args.reason).await?)
    })?;
    output::answer(&format!("{} case records were erased, with {} facts. The log says so and is whole.", erased.children, erased.facts))?;
    Ok(())
}
