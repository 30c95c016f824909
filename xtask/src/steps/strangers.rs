//! Programs that are not ours read what redan writes: a format counts only when a stranger reads it
//! right. One recording of the first scenario is exported in every format and through two views; each
//! reader is compared with the CSV table, and DuckDB ties that table to the recording itself.
//!
//! What is needed is installed where it may be: Debian's packages as root, Python's and Node's below
//! `target/`, in the versions that `xtask/strangers` states.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::{Outcome, debian};
use crate::shell::{Workspace, quiet, succeeds};

const SCENARIO: &str = "scenarios/first-look.toml";
/// What the battalion of the scenario covers, coarsely: three stages at two heights.
const COVERAGE: [&str; 13] = [
    "coverage",
    "--card",
    "s-400/battalion",
    "--at",
    "40.08,32.57",
    "--cell",
    "240",
    "--altitudes",
    "1000,10000",
    "--no-bands",
    "--terrain",
    "smooth",
    "--out",
];
const SCRIPTS: &str = "xtask/strangers";
/// Below this the readers live from run to run.
const HOME: &str = "target/strangers";
/// Programs, and the packages of Debian that have them.
const PROGRAMS: [(&str, &str); 5] = [
    ("ogrinfo", "gdal-bin"),
    ("chromium", "chromium"),
    ("npm", "npm"),
    ("tshark", "tshark"),
    ("python3", "python3-venv"),
];
/// Views, and what their files are called.
const VIEWS: [(&str, &str); 2] = [("truth", "truth"), ("network:national", "picture")];
const FORMATS: [&str; 10] =
    ["acmi", "czml", "kml", "kmz", "geojson", "cot", "csv", "asterix", "asterix-pcap", "dis"];
/// Environments of Python and what is installed in them: two decoders of ASTERIX own the same module.
const ENVIRONMENTS: [(&str, &str); 3] = [
    ("venv", "requirements.txt"),
    ("venv-libasterix", "requirements-libasterix.txt"),
    ("venv-asterix_decoder", "requirements-asterix_decoder.txt"),
];

/// Feeds of others: blocks and captures.
const FOREIGN: [&str; 5] =
    ["cat034.raw", "cat048.raw", "cat062cat065.raw", "cat_034_048.pcap", "cat_062_065.pcap"];

/// Exports, and lets everybody read.
pub(super) fn check(workspace: &Workspace) -> Result<Outcome> {
    if let Some(reason) = missing(workspace) {
        return Ok(Outcome::Skipped(reason));
    }
    let readers = Readers::install(workspace)?;
    let files = Files::write(workspace)?;
    let mut said = vec![readers.parquet(&files)?, readers.plots(&files)?];
    for (_, name) in VIEWS {
        let file = |format: &str| files.export(name, format);
        said.push(readers.python("read_acmi.py", &[file("csv"), file("acmi")])?);
        let maps = [file("csv"), files.footprints(), file("kml"), file("kmz"), file("geojson")];
        said.push(readers.python("read_gdal.py", &maps)?);
        said.push(readers.python("read_cot.py", &[file("csv"), file("cot")])?);
        let messages = [file("csv"), file("dis"), readers.home.join("npm")];
        said.push(readers.python("read_dis.py", &messages)?);
        said.push(readers.cesium(&files, name)?);
        said.push(readers.asterix(&files, name)?);
    }
    said.extend(readers.foreign(&files)?);
    let report = said.concat();
    std::fs::write(files.folder.join("report.txt"), &report)?;
    let count = report.lines().count();
    let folder = files.folder.display();
    Ok(Outcome::Passed(format!("{count} readings agree: {folder}/report.txt")))
}

/// What is not there and cannot be installed here.
fn missing(workspace: &Workspace) -> Option<String> {
    let absent = |workspace: &Workspace| -> Vec<&str> {
        let is_absent = |program: &str| !succeeds(workspace.command(program).arg("--version"));
        let absent = PROGRAMS.iter().filter(|(program, _)| is_absent(program));
        absent.map(|(_, package)| *package).collect()
    };
    let packages = absent(workspace);
    if packages.is_empty()
        || (debian::install(workspace, &packages) && absent(workspace).is_empty())
    {
        return None;
    }
    Some(format!("readers are missing; {}", debian::by_hand(&packages)))
}

/// The installed readers.
struct Readers<'a> {
    workspace: &'a Workspace,
    home: PathBuf,
}

impl<'a> Readers<'a> {
    /// Installs what the lists of `xtask/strangers` state; quick where it is there already.
    fn install(workspace: &'a Workspace) -> Result<Self> {
        let home = workspace.root.join(HOME);
        std::fs::create_dir_all(&home)?;
        let readers = Self { workspace, home };
        readers.install_python().context("installing the readers that are written in Python")?;
        readers.install_node().context("installing the readers that run in Node")?;
        Ok(readers)
    }

    fn install_python(&self) -> Result<()> {
        for (name, list) in ENVIRONMENTS {
            let environment = self.home.join(name);
            if !environment.join("bin/pip").exists() {
                quiet(self.workspace.command("python3").args(["-m", "venv"]).arg(&environment))?;
            }
            let mut pip = self.workspace.command(&environment.join("bin/pip").to_string_lossy());
            pip.args(["install", "--quiet", "--disable-pip-version-check", "-r"]);
            quiet(pip.arg(format!("{SCRIPTS}/{list}")))?;
        }
        Ok(())
    }

    /// A folder that has the lock file of the last installation needs no other.
    fn install_node(&self) -> Result<()> {
        let modules = self.home.join("npm");
        let source = self.workspace.root.join(SCRIPTS);
        let lock = std::fs::read(source.join("package-lock.json"))?;
        let stamp = modules.join("installed-lock.json");
        if std::fs::read(&stamp).is_ok_and(|installed| installed == lock) {
            return Ok(());
        }
        std::fs::create_dir_all(&modules)?;
        for name in ["package.json", "package-lock.json"] {
            std::fs::copy(source.join(name), modules.join(name))?;
        }
        let mut npm = self.workspace.command("npm");
        npm.args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"]).current_dir(&modules);
        quiet(&mut npm)?;
        Ok(std::fs::write(stamp, lock)?)
    }

    fn python(&self, script: &str, arguments: &[PathBuf]) -> Result<String> {
        self.python_in("venv", script, arguments)
    }

    fn python_in(&self, venv: &str, script: &str, arguments: &[PathBuf]) -> Result<String> {
        let python = self.home.join(venv).join("bin/python");
        let mut command = self.workspace.command(&python.to_string_lossy());
        // Nothing is left beside the scripts.
        command.arg("-B").arg(Path::new(SCRIPTS).join(script));
        quiet(command.args(arguments))
    }

    fn parquet(&self, files: &Files) -> Result<String> {
        let [truth, picture] = VIEWS.map(|(_, name)| files.export(name, "csv"));
        self.python("read_parquet.py", &[files.recording.clone(), truth, picture])
    }

    /// The plots of the recording, as a table for those that cannot read Parquet.
    fn plots(&self, files: &Files) -> Result<String> {
        self.python("plots.py", &[files.recording.clone(), files.plots()])
    }

    /// Three decoders of ASTERIX, each compared with the plots and with the table of the view.
    fn asterix(&self, files: &Files, name: &str) -> Result<String> {
        let arguments =
            |format| [files.export(name, "csv"), files.plots(), files.export(name, format)];
        let blocks = arguments("asterix");
        Ok([
            self.python_in("venv-libasterix", "read_libasterix.py", &blocks)?,
            self.python_in("venv-asterix_decoder", "read_asterix_decoder.py", &blocks)?,
            self.python("read_tshark.py", &arguments("asterix-pcap"))?,
        ]
        .concat())
    }

    /// Feeds of others, which come with asterix_decoder, read by redan and by libasterix.
    fn foreign(&self, files: &Files) -> Result<Vec<String>> {
        let find = "import asterix, os; print(os.path.join(asterix.__path__[0], 'sample_data'))";
        let python = self.home.join("venv-asterix_decoder/bin/python");
        let mut command = self.workspace.command(&python.to_string_lossy());
        let samples = PathBuf::from(quiet(command.args(["-c", find]))?.trim());
        let read = |name: &&str| {
            let (sample, listing) = (samples.join(name), files.folder.join(format!("{name}.csv")));
            let mut list = self.workspace.command("cargo");
            list.args([
                "run",
                "--quiet",
                "-p",
                "redan-exchange",
                "--example",
                "asterix_list",
                "--",
            ]);
            std::fs::write(&listing, quiet(list.arg(&sample))?)?;
            self.python_in("venv-libasterix", "read_foreign.py", &[listing, sample])
        };
        FOREIGN.iter().map(read).collect()
    }

    /// Cesium in Chromium, which leaves a picture beside the exports.
    fn cesium(&self, files: &Files, name: &str) -> Result<String> {
        let mut node = self.workspace.command("node");
        node.arg(Path::new(SCRIPTS).join("read_czml.mjs"));
        node.args(["csv", "czml", "png"].map(|format| files.export(name, format)));
        quiet(node.arg(self.home.join("npm")))
    }
}

/// A recording and its exports.
struct Files {
    folder: PathBuf,
    recording: PathBuf,
}

impl Files {
    fn write(workspace: &Workspace) -> Result<Self> {
        let folder = workspace.scratch("strangers")?;
        let files = Self { recording: folder.join("recording"), folder };
        let redan = || super::program::redan(workspace);
        quiet(redan().args(["run", SCENARIO, "--out"]).arg(&files.recording))?;
        quiet(redan().args(COVERAGE).arg(files.folder.join("coverage")))?;
        for (view, name) in VIEWS {
            for format in FORMATS {
                let mut export = redan();
                export.arg("export").arg(&files.recording).args(["--to", format, "--view", view]);
                export.arg("--footprints").arg(files.footprints());
                quiet(export.arg("--out").arg(files.export(name, format)))?;
            }
        }
        Ok(files)
    }

    fn footprints(&self) -> PathBuf {
        self.folder.join("coverage").join("footprints.geojson")
    }

    fn plots(&self) -> PathBuf {
        self.folder.join("plots.csv")
    }

    fn export(&self, name: &str, format: &str) -> PathBuf {
        self.folder.join(format!("{name}.{format}"))
    }
}
