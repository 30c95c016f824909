//! The picture: `coverage.png`, to be printed and understood without anything beside it.
//!
//! The sheet has 2400 × 1800 pixels, which is A4 at some 200 dots per inch; the smallest letters are then
//! 2.4 mm high. Relief and coverage are drawn pixel by pixel (`pixels`); lines and letters are SVG (`map`,
//! `panels`, `sheet`) that resvg draws over them with fonts from `assets/fonts`.

pub(super) mod sheet;

mod map;
mod panels;

pub(super) mod pixels;

use anyhow::Context as _;
use redan_record::coverage::Coverage;
use resvg::{tiny_skia, usvg};

use super::filled_stage;
use super::places::Places;
use super::summary::Summary;

/// Size of the sheet, pixels.
const WIDTH: u32 = 2_400;
const HEIGHT: u32 = 1_800;

const FONTS: [&[u8]; 3] = [
    include_bytes!("../../../assets/fonts/DejaVuSans.ttf"),
    include_bytes!("../../../assets/fonts/DejaVuSans-Bold.ttf"),
    include_bytes!("../../../assets/fonts/DejaVuSerif-Bold.ttf"),
];

/// The file.
pub(super) fn png(
    coverage: &Coverage,
    places: &Places,
    summary: &Summary,
    version: &str,
) -> anyhow::Result<Vec<u8>> {
    let stage = filled_stage(coverage);
    let sheet = sheet::Sheet::of(coverage, places, summary, stage);
    let mut pixmap = tiny_skia::Pixmap::new(WIDTH, HEIGHT).context("no memory for the picture")?;
    let letters = letters();
    draw(&sheet.below(), &letters, &mut pixmap)?;
    sheet.paint(&mut pixmap);
    draw(&sheet.above(version), &letters, &mut pixmap)?;
    encode(&pixmap)
}

/// A drawing as a picture, with so many pixels for each of its units.
pub(super) fn of_svg(svg: &str, scale: f32) -> anyhow::Result<Vec<u8>> {
    let tree =
        usvg::Tree::from_str(svg, &letters()).context("the drawing of the picture is broken")?;
    let size = tree.size().to_int_size().scale_by(scale).context("the picture has no size")?;
    let mut pixmap =
        tiny_skia::Pixmap::new(size.width(), size.height()).context("no memory for the picture")?;
    let transform = tiny_skia::Transform::from_scale(scale, scale);
    resvg::render(&tree, transform, &mut pixmap.as_mut());
    encode(&pixmap)
}

/// The letters that pictures are written with.
fn letters() -> usvg::Options<'static> {
    let mut letters = usvg::Options::default();
    for font in FONTS {
        letters.fontdb_mut().load_font_data(font.to_vec());
    }
    letters
}

fn draw(
    svg: &str,
    options: &usvg::Options<'_>,
    pixmap: &mut tiny_skia::Pixmap,
) -> anyhow::Result<()> {
    let tree =
        usvg::Tree::from_str(svg, options).context("the drawing of the picture is broken")?;
    resvg::render(&tree, tiny_skia::Transform::identity(), &mut pixmap.as_mut());
    Ok(())
}

fn encode(pixmap: &tiny_skia::Pixmap) -> anyhow::Result<Vec<u8>> {
    let (width, height) = (pixmap.width(), pixmap.height());
    let mut rgb = Vec::with_capacity((width * height * 3) as usize);
    for pixel in pixmap.data().chunks_exact(4) {
        rgb.extend_from_slice(&pixel[..3]);
    }
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Fast);
    encoder.write_header()?.write_image_data(&rgb)?;
    Ok(file)
}
