//! Writes the sample report in every format of this crate, and its charts as pictures, into a folder to look at:
//! `cargo run -p report --example look -- /tmp/look`.

use std::error::Error;
use std::path::PathBuf;
use std::{env, fs};

use report::block::Block;
use report::{docx, html, raster, sample, xlsx};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(env::args().nth(1).ok_or("name a folder to write to")?);
    fs::create_dir_all(&folder)?;
    let report = sample::report();
    fs::write(folder.join("sample.html"), html::write(&report))?;
    fs::write(folder.join("sample.docx"), docx::write(&report)?)?;
    fs::write(folder.join("sample.xlsx"), xlsx::write(&report)?)?;
    for section in &report.sections {
        for block in &section.blocks {
            if let Block::Chart(chart) = block {
                fs::write(folder.join(format!("{}.svg", chart.id)), &chart.svg)?;
                fs::write(folder.join(format!("{}.png", chart.id)), raster::png(&chart.svg, 2.0)?.png)?;
            }
        }
    }
    Ok(())
}
