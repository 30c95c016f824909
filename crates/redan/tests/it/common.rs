//! A folder to work in, the program in it, and what it said.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use redan_record::Recording;
use tempfile::TempDir;

/// The scenario that comes with redan.
pub(crate) const FIRST_LOOK: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/../../scenarios/first-look.toml");

/// An empty folder that goes away with the test.
pub(crate) struct Desk {
    folder: TempDir,
}

impl Desk {
    /// With `first-look.toml` on it.
    pub(crate) fn new() -> Desk {
        let desk = Desk { folder: tempfile::tempdir().expect("the system has a folder for tests") };
        desk.put("first-look.toml", first_look());
        desk
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn put(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("it lies in the folder")).expect("it can be made");
        fs::write(path, content).expect("it can be written");
    }

    /// The program, in this folder, with nothing from outside that could change what it says.
    pub(crate) fn redan(&self) -> Command {
        redan_in(self.folder.path())
    }

    /// Runs it to its end.
    pub(crate) fn say(&self, words: &[&str]) -> Said {
        Said::of(self.redan().args(words))
    }

    /// Names of what lies here, in order; a folder ends in `/`.
    pub(crate) fn listing(&self) -> Vec<String> {
        listing(self.folder.path())
    }
}

fn redan_in(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_redan"));
    command.current_dir(folder).env("XDG_CACHE_HOME", folder.join("no-cache"));
    for name in ["REDAN_TERRAIN", "REDAN_LOG", "NO_COLOR", "CLICOLOR_FORCE", "RUST_BACKTRACE"] {
        command.env_remove(name);
    }
    command
}

/// Names of what lies in a folder, in order; a folder ends in `/`.
pub(crate) fn listing(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .expect("the folder can be read")
        .map(|entry| entry.expect("it can be read"))
        .map(|entry| {
            let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            let mark = if is_folder { "/" } else { "" };
            format!("{}{mark}", entry.file_name().to_string_lossy())
        })
        .collect();
    names.sort();
    names
}

/// What the program said, and how it ended.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Said {
    /// Runs a command. Whatever happens, there is no panic and no byte that is not text.
    pub(crate) fn of(command: &mut Command) -> Said {
        let Output { status, stdout, stderr } = command.output().expect("redan can be started");
        let text = |bytes| String::from_utf8(bytes).expect("redan prints UTF-8");
        let said = Said { code: status.code(), out: text(stdout), err: text(stderr) };
        assert!(!said.err.contains("panicked"), "{}", said.err);
        assert!(!said.out.contains('\u{1b}') && !said.err.contains('\u{1b}'), "colours: {said:?}");
        said
    }

    /// The last line of standard output that is not empty, as JSON.
    pub(crate) fn json(&self) -> serde_json::Value {
        assert_eq!(self.code, Some(0), "{}", self.err);
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}", self.out))
    }

    /// Asserts that the input was refused with these words and something to do, and nothing was told
    /// on standard output.
    pub(crate) fn assert_refused(&self, words: &[&str]) {
        assert_eq!(self.code, Some(2), "{self:?}");
        assert!(self.out.is_empty(), "{}", self.out);
        for word in words.iter().chain([&"\n  hint: "]) {
            assert!(self.err.contains(word), "`{word}` is not in:\n{}", self.err);
        }
    }

    /// Everything, for a snapshot.
    pub(crate) fn all(&self) -> String {
        let code = self.code.map_or("signal".to_string(), |code| code.to_string());
        format!(
            "exit code {code}\n---- standard output\n{}---- standard error\n{}",
            self.out, self.err
        )
    }
}

/// The text of the first look.
pub(crate) fn first_look() -> String {
    fs::read_to_string(FIRST_LOOK).expect("it comes with redan")
}

/// A minute of a cruise missile that appears close by, so that shots fall: for whatever needs many runs.
pub(crate) const SHORT: &str = include_str!("short.toml");

/// The first look at seed 1 over smooth ground, run once for all tests.
pub(crate) struct FirstLook {
    /// What `redan run` said.
    pub(crate) said: Said,
    /// The folder in which it ran; the recording is `rec` in it.
    pub(crate) folder: PathBuf,
    /// The recording, read back.
    pub(crate) recording: Recording,
    /// Another test process waits for this.
    _lock: fs::File,
}

impl FirstLook {
    /// Asks the program about the recording.
    pub(crate) fn say(&self, words: &[&str]) -> Said {
        Said::of(redan_in(&self.folder).args(words))
    }

    pub(crate) fn summary(&self) -> serde_json::Value {
        let text =
            fs::read_to_string(self.folder.join("rec/summary.json")).expect("it was written");
        serde_json::from_str(&text).expect("it is JSON")
    }
}

/// The run that all tests share. It lies where cargo keeps things for tests, since nothing would remove
/// it at the end.
pub(crate) fn shared() -> &'static FirstLook {
    static RUN: OnceLock<FirstLook> = OnceLock::new();
    RUN.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("redan-first-look");
        fs::create_dir_all(&folder).expect("cargo made its parent");
        let lock = fs::File::create(folder.join("lock")).expect("the folder can be written");
        lock.lock().expect("a file can be locked");
        fs::write(folder.join("first-look.toml"), first_look()).expect("it can be written");
        let said = Said::of(redan_in(&folder).args(["run", "first-look.toml", "--out", "rec"]));
        assert_eq!(said.code, Some(0), "{}", said.err);
        let (_, recording) = redan_store::read(&folder.join("rec")).expect("a recording");
        FirstLook { said, folder, recording, _lock: lock }
    })
}

/// The text without the time that the machine took.
pub(crate) fn without_times(text: &str) -> String {
    let line = |line: &str| match line.split_once(" simulated in ") {
        Some((battle, _)) => format!("{battle} simulated in [time]"),
        None => line.to_string(),
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n") + "\n"
}
