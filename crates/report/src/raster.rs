//! Drawings as pictures, for Word. The fonts are the embedded ones alone, so a picture is the same on every machine.

use std::sync::{Arc, LazyLock};

use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};

use crate::fonts;

/// A drawing as a picture.
#[derive(Clone, Debug)]
pub struct Picture {
    /// The PNG file.
    pub png: Vec<u8>,
    /// Width of the drawing in its own pixels; the file has `scale` times as many.
    pub width: f32,
    /// Height of the drawing.
    pub height: f32,
}

/// Why a drawing is no picture.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The text is no drawing.
    #[error("the drawing cannot be read as SVG: {0}")]
    Svg(#[from] resvg::usvg::Error),
    /// It is too large or has no extent.
    #[error("the drawing has no size that can be painted")]
    Size,
    /// The picture could not be packed.
    #[error("the picture cannot be written as PNG: {0}")]
    Png(String),
}

static FONTS: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut database = fontdb::Database::new();
    for face in fonts::ALL {
        database.load_font_data(face.to_vec());
    }
    database.set_sans_serif_family(fonts::FAMILY);
    Arc::new(database)
});

/// Paints a drawing on white, `scale` dots to its pixel.
pub fn png(svg: &str, scale: f32) -> Result<Picture, Error> {
    let options = Options { fontdb: FONTS.clone(), font_family: fonts::FAMILY.into(), ..Options::default() };
    let tree = Tree::from_str(svg, &options)?;
    let size = tree.size();
    let (width, height) = ((size.width() * scale).ceil() as u32, (size.height() * scale).ceil() as u32);
    let mut pixmap = Pixmap::new(width, height).ok_or(Error::Size)?;
    pixmap.fill(Color::WHITE);
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixmap.as_mut());
    let png = pixmap.encode_png().map_err(|error| Error::Png(error.to_string()))?;
    Ok(Picture { png, width: size.width(), height: size.height() })
}
