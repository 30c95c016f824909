//! Lowest-visible-height maps beside those of `gdal_viewshed`, over the relief that `REDAN_TERRAIN` names:
//! how fast, and how often wrong against exact rays. `benches/viewshed/run.sh` runs it.
//!
//! Both are given the same posts and the same observer. GDAL bends the Earth only over a projected raster, so
//! it gets the posts with the distances that they have at the observer, and is judged by rays over the
//! same plane: the posts laid on the equator, where degrees are as good as metres.

use std::error::Error;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::Instant;

use redan_geo::{
    Bounds, Earth, EffectiveEarth, FLATTENING_RATIO, Geodetic, GridGeometry, HeightGrid,
    SEMI_MAJOR_M, Station,
};
use redan_terrain::{Folders, TerrainWish, load};

/// South, north, west, east, degrees; posts between two of the relief's.
const TILES: [(&str, [f64; 4], usize); 6] = [
    ("Alps N46E008", [46.0, 47.0, 8.0, 9.0], 1),
    ("Andes S33W071", [-33.0, -32.0, -71.0, -70.0], 1),
    ("Jordan N31E035", [31.0, 32.0, 35.0, 36.0], 1),
    ("Coast N49W123", [49.0, 50.0, -123.0, -122.0], 1),
    ("Anatolia 30\"", [37.5, 41.5, 35.0, 39.0], 1),
    ("Alps, 3601 posts", [46.0, 47.0, 8.0, 9.0], 3),
];
const OWN_M: f64 = 20.0;
const ABOVE_M: [f64; 4] = [2.0, 30.0, 100.0, 300.0];
const RAYS: usize = 200_000;

/// Where both stand, in rows and columns.
#[derive(Clone, Copy)]
struct Post {
    row: usize,
    column: usize,
}

/// How often a map is wrong at one height above ground.
#[derive(Clone, Copy, Default)]
struct Errors {
    visible: usize,
    missed: usize,
    extra: usize,
}

fn main() -> Result<(), Box<dyn Error>> {
    let repeats = std::env::args().nth(1).map_or(Ok(9), |text| text.parse::<usize>())?.max(1);
    let room = std::env::temp_dir().join(format!("redan-viewshed-{}", std::process::id()));
    std::fs::create_dir_all(&room)?;
    println!(
        "| relief | posts | redan, M cells/s | in old room | GDAL, all | GDAL, net | ratio, all | ratio, net |"
    );
    println!("|---|---|---|---|---|---|---|---|");
    let mut judged = Vec::new();
    for (name, area, finer) in TILES {
        let grid = Arc::new(finer_grid(&relief(area)?, finer)?);
        judged.push((name, compare(name, &grid, repeats, &room)?));
    }
    println!(
        "\n| relief | above ground | visible | redan missed | saw too much | GDAL missed | saw too much |"
    );
    println!("|---|---|---|---|---|---|---|");
    for (name, [ours, gdal]) in judged {
        for ((above_m, ours), gdal) in ABOVE_M.into_iter().zip(ours).zip(gdal) {
            let share = |count: usize, of: usize| 100.0 * count as f64 / of.max(1) as f64;
            println!(
                "| {name} | {above_m} m | {:.1} % | {:.1} % | {:.1} % | {:.1} % | {:.1} % |",
                share(ours.visible, RAYS),
                share(ours.missed, ours.visible),
                share(ours.extra, ours.visible),
                share(gdal.missed, gdal.visible),
                share(gdal.extra, gdal.visible)
            );
        }
    }
    std::fs::remove_dir_all(&room)?;
    Ok(())
}

fn relief([south, north, west, east]: [f64; 4]) -> Result<HeightGrid, Box<dyn Error>> {
    let folder =
        std::env::var_os("REDAN_TERRAIN").ok_or("set REDAN_TERRAIN to a folder of tiles")?;
    let area = Bounds {
        south_rad: south.to_radians(),
        north_rad: north.to_radians(),
        west_rad: west.to_radians(),
        east_rad: east.to_radians(),
    };
    let terrain = load(&TerrainWish::Path(folder.into()), &Folders::default(), &area)?;
    Ok(terrain.grid.ok_or("there is no relief")?)
}

/// The same surface with posts in between.
fn finer_grid(grid: &HeightGrid, finer: usize) -> Result<HeightGrid, Box<dyn Error>> {
    let g = *grid.geometry();
    let parts = finer as f64;
    let geometry = GridGeometry {
        lat_step_rad: g.lat_step_rad / parts,
        lon_step_rad: g.lon_step_rad / parts,
        rows: (g.rows - 1) * finer + 1,
        columns: (g.columns - 1) * finer + 1,
        ..g
    };
    let heights = (0..geometry.rows * geometry.columns).map(|post| {
        let (row, column) = (post / geometry.columns, post % geometry.columns);
        let lat_rad = g.south_rad + row as f64 * geometry.lat_step_rad;
        let lon_rad = g.west_rad + column as f64 * geometry.lon_step_rad;
        grid.height_m(lat_rad, lon_rad).unwrap_or(0.0) as f32
    });
    Ok(HeightGrid::new(geometry, heights.collect())?)
}

/// Times both, prints a line of the first table, and judges both maps.
fn compare(
    name: &str,
    grid: &Arc<HeightGrid>,
    repeats: usize,
    room: &Path,
) -> Result<[[Errors; 4]; 2], Box<dyn Error>> {
    let g = *grid.geometry();
    let own = Post { row: g.rows / 2, column: g.columns / 2 };
    let earth = Earth::with_relief(EffectiveEarth::default(), grid.clone());
    let station = Station::new(place(&earth, own, OWN_M));
    let plane = plane(grid, own)?;
    write(grid, plane.relief.as_ref().ok_or("relief")?.geometry(), room)?;
    let mut times_s: [Vec<f64>; 4] = Default::default();
    let mut map = None;
    for _ in 0..repeats {
        let begin = Instant::now();
        let fresh = earth.lowest_visible(&station, 1e7).ok_or("outside")?;
        times_s[0].push(begin.elapsed().as_secs_f64());
        let begin = Instant::now();
        map = earth.lowest_visible_again(&station, 1e7, fresh);
        times_s[1].push(begin.elapsed().as_secs_f64());
        times_s[2].push(run(&mut gdal_viewshed(&plane, own, room))?);
        times_s[3].push(run(&mut gdal_copy(room))?);
    }
    let cells = (g.rows * g.columns) as f64 * 1e-6;
    let [(ours_s, _), (again_s, _), (gdal_s, gdal_middle_s), (copy_s, _)] =
        times_s.clone().map(|mut all| {
            all.sort_by(f64::total_cmp);
            (all[0], all[all.len() / 2])
        });
    // Of a small tile the computation drowns in the rest.
    let net_s = if gdal_s > 1.25 * copy_s { gdal_s - copy_s } else { f64::NAN };
    println!(
        "| {name} | {} × {} | {:.0} | {:.0} | {:.0} | {} | {:.1} | {} |",
        g.rows,
        g.columns,
        cells / ours_s,
        cells / again_s,
        cells / gdal_s,
        known(cells / net_s, 0),
        gdal_s / ours_s,
        known(net_s / ours_s, 1)
    );
    let middle = |which: usize| {
        let mut all = times_s[which].clone();
        all.sort_by(f64::total_cmp);
        1e3 * all[all.len() / 2]
    };
    eprintln!(
        "{name}: minima {:.1}, {:.1}, {:.1}, {:.1} ms, medians {:.1}, {:.1}, {:.1}, {:.1} ms (ours, again, GDAL, copy)",
        1e3 * ours_s,
        1e3 * again_s,
        1e3 * gdal_s,
        1e3 * copy_s,
        middle(0),
        middle(1),
        1e3 * gdal_middle_s,
        middle(3)
    );
    let map = map.ok_or("outside")?;
    let above_m = read(&g, room)?;
    let theirs: Vec<f32> =
        above_m.iter().zip(grid.posts()).map(|(above, ground)| above + ground).collect();
    Ok([judge(&earth, own, map.posts_m()), judge(&plane, own, &theirs)])
}

fn known(value: f64, places: usize) -> String {
    if value.is_nan() { "–".to_owned() } else { format!("{value:.places$}") }
}

fn place(earth: &Earth, post: Post, above_m: f64) -> Geodetic {
    let grid = earth.relief.as_ref().expect("relief");
    let g = grid.geometry();
    Geodetic {
        lat_rad: g.south_rad + post.row as f64 * g.lat_step_rad,
        lon_rad: g.west_rad + post.column as f64 * g.lon_step_rad,
        height_m: grid.post_m(post.row, post.column).unwrap_or(0.0) + above_m,
    }
}

/// The posts on the equator, as far apart in metres as at the observer, on the sphere of GDAL with a
/// coefficient of curvature of 0.75.
fn plane(grid: &HeightGrid, own: Post) -> Result<Earth, Box<dyn Error>> {
    let g = *grid.geometry();
    let e2 = FLATTENING_RATIO * (2.0 - FLATTENING_RATIO);
    let lat_rad = g.south_rad + own.row as f64 * g.lat_step_rad;
    let w = 1.0 - e2 * libm::sin(lat_rad) * libm::sin(lat_rad);
    let across_m = g.lon_step_rad * SEMI_MAJOR_M / w.sqrt() * libm::cos(lat_rad);
    let along_m = g.lat_step_rad * SEMI_MAJOR_M * (1.0 - e2) / (w * w.sqrt());
    let lat_step_rad = along_m / (SEMI_MAJOR_M * (1.0 - e2));
    let geometry = GridGeometry {
        south_rad: -(own.row as f64) * lat_step_rad,
        west_rad: 0.0,
        lat_step_rad,
        lon_step_rad: across_m / SEMI_MAJOR_M,
        ..g
    };
    let flat = HeightGrid::new(geometry, grid.posts().to_vec())?;
    let sphere = EffectiveEarth { radius_m: SEMI_MAJOR_M / 0.75 };
    Ok(Earth::with_relief(sphere, Arc::new(flat)))
}

/// Distance of columns and of rows in the plane, metres.
fn cell_m(g: &GridGeometry) -> (f64, f64) {
    let e2 = FLATTENING_RATIO * (2.0 - FLATTENING_RATIO);
    (g.lon_step_rad * SEMI_MAJOR_M, g.lat_step_rad * SEMI_MAJOR_M * (1.0 - e2))
}

/// Raw numbers from the north with a header for GDAL; any projection on WGS-84 gives the same sphere.
fn write(grid: &HeightGrid, plane: &GridGeometry, room: &Path) -> Result<(), Box<dyn Error>> {
    let (rows, columns) = (plane.rows, plane.columns);
    let (across_m, along_m) = cell_m(plane);
    let north_first = (0..rows).rev().flat_map(|row| &grid.posts()[row * columns..][..columns]);
    let bytes: Vec<u8> = north_first.flat_map(|height_m| height_m.to_le_bytes()).collect();
    std::fs::write(room.join("relief.raw"), bytes)?;
    let header = format!(
        "<VRTDataset rasterXSize=\"{columns}\" rasterYSize=\"{rows}\"><SRS>EPSG:32631</SRS>\
         <GeoTransform>0, {across_m}, 0, {}, 0, -{along_m}</GeoTransform>\
         <VRTRasterBand dataType=\"Float32\" band=\"1\" subClass=\"VRTRawRasterBand\">\
         <SourceFilename relativeToVRT=\"1\">relief.raw</SourceFilename><ImageOffset>0</ImageOffset>\
         <PixelOffset>4</PixelOffset><LineOffset>{}</LineOffset><ByteOrder>LSB</ByteOrder>\
         </VRTRasterBand></VRTDataset>",
        along_m * rows as f64,
        4 * columns
    );
    Ok(std::fs::write(room.join("relief.vrt"), header)?)
}

fn gdal_viewshed(plane: &Earth, own: Post, room: &Path) -> Command {
    let (across_m, along_m) = plane.relief.as_ref().map_or((1.0, 1.0), |g| cell_m(g.geometry()));
    let mut command = Command::new("gdal_viewshed");
    command.args(["-q", "-om", "GROUND", "-of", "ENVI", "-md", "0", "-tz", "0"]);
    command.args(["-cc", "0.75", "-oz", &OWN_M.to_string()]);
    command.args(["-ox", &(across_m * (own.column as f64 + 0.5)).to_string()]);
    command.args(["-oy", &(along_m * (own.row as f64 + 0.5)).to_string()]);
    command.arg(room.join("relief.vrt")).arg(room.join("lowest.bin"));
    command
}

/// What reading and writing as much costs.
fn gdal_copy(room: &Path) -> Command {
    let mut command = Command::new("gdal_translate");
    command.args(["-q", "-ot", "Float64", "-of", "ENVI"]);
    command.arg(room.join("relief.vrt")).arg(room.join("copy.bin"));
    command
}

fn run(command: &mut Command) -> Result<f64, Box<dyn Error>> {
    let begin = Instant::now();
    let done = command.output()?;
    let taken_s = begin.elapsed().as_secs_f64();
    match done.status.success() {
        true => Ok(taken_s),
        false => Err(String::from_utf8_lossy(&done.stderr).into()),
    }
}

/// GDAL's heights above ground, rows from the south.
fn read(g: &GridGeometry, room: &Path) -> Result<Vec<f32>, Box<dyn Error>> {
    let bytes = std::fs::read(room.join("lowest.bin"))?;
    let posts = g.rows * g.columns;
    if bytes.len() != 8 * posts {
        return Err(format!("{} bytes for {posts} posts", bytes.len()).into());
    }
    let (numbers, _) = bytes.as_chunks::<8>();
    let rows: Vec<&[[u8; 8]]> = numbers.chunks_exact(g.columns).rev().collect();
    Ok(rows.into_iter().flatten().map(|number| f64::from_le_bytes(*number) as f32).collect())
}

/// A map against rays over the same posts.
fn judge(earth: &Earth, own: Post, lowest_m: &[f32]) -> [Errors; 4] {
    let station = Station::new(place(earth, own, OWN_M));
    let g = *earth.relief.as_ref().expect("relief").geometry();
    let (mut state, mut found) = (1_u64, [Errors::default(); 4]);
    let mut below = |limit: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % limit
    };
    for _ in 0..RAYS {
        let post = Post { row: below(g.rows), column: below(g.columns) };
        let low_m = f64::from(lowest_m[post.row * g.columns + post.column]);
        // The horizon of a ray is that of the ground: one ray answers for all heights.
        let sight = earth.sight_between(&station, &Station::new(place(earth, post, ABOVE_M[0])));
        let own_m = station.place().height_m;
        for (errors, above_m) in found.iter_mut().zip(ABOVE_M) {
            let height_m = place(earth, post, above_m).height_m;
            let elevation_rad = earth.effective.elevation_rad(own_m, height_m, sight.arc_m);
            let exact = elevation_rad >= sight.horizon_rad;
            let seen = height_m >= low_m;
            errors.visible += usize::from(exact);
            errors.missed += usize::from(exact && !seen);
            errors.extra += usize::from(!exact && seen);
        }
    }
    found
}
