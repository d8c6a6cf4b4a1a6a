//! Writes fictitious authorities: `cargo run --release -p example --example authority -- DIR [--authorities N] [--children N] …`.
fn main() {
    let mut settings = example::Settings::default();
    let mut truth = None;
    let args: Vec<String> = std::env::args().skip(1).collect();
    for pair in args[1..].chunks(2) {
        match pair[0].as_str() {
            "--seed" => settings.seed = pair[1].parse().unwrap(),
            "--years" => settings.years = pair[1].parse().unwrap(),
            "--children" => settings.children = pair[1].parse().unwrap(),
            "--authorities" => settings.authorities = pair[1].parse().unwrap(),
            "--dirt" => settings.dirt = pair[1].parse().unwrap(),
            "--truth" => truth = Some(std::path::PathBuf::from(&pair[1])),
            "--setting" => settings.setting = example::Setting::parse(&pair[1]).unwrap(),
            other => panic!("{other}"),
        }
    }
    let written = example::write(std::path::Path::new(&args[0]), &settings, truth.as_deref()).unwrap();
    println!("{} authorities, {} episode rows, {} files", written.authorities.len(), written.episode_rows, written.files);
}
