//! Liberation Sans 2.1.5, unmodified (SIL Open Font License 1.1, `fonts/LICENCE.txt`): the widths of Arial, so a chart laid
//! out here fits wherever Arial or Helvetica is shown instead. One copy serves text measurement, pictures and PDF.

/// The regular face.
pub const REGULAR: &[u8] = include_bytes!("../fonts/LiberationSans-Regular.ttf");
/// The bold face.
pub const BOLD: &[u8] = include_bytes!("../fonts/LiberationSans-Bold.ttf");
/// The italic face.
pub const ITALIC: &[u8] = include_bytes!("../fonts/LiberationSans-Italic.ttf");
/// The bold italic face.
pub const BOLD_ITALIC: &[u8] = include_bytes!("../fonts/LiberationSans-BoldItalic.ttf");
/// All four faces.
pub const ALL: [&[u8]; 4] = [REGULAR, BOLD, ITALIC, BOLD_ITALIC];
/// The family name inside the files.
pub const FAMILY: &str = "Liberation Sans";
