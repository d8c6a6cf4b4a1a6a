//! Writes the sample report as PDF, to look at: `cargo run -p pdf --example look_pdf -- /tmp/sample.pdf`.

use std::error::Error;
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let path = env::args().nth(1).ok_or("name a file to write to")?;
    fs::write(path, pdf::write(&report::sample::report())?)?;
    Ok(())
}
