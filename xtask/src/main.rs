//! Development commands of redan: `cargo xtask test` runs every check in order and sums them up.
//!
//! The checks are the steps listed in [`steps::ALL`]; a step passes, is skipped with a reason that
//! names what is missing, or fails with the output of what failed. There is no second list of
//! checks anywhere: what runs on a desk is what runs in continuous integration.

mod shell;
mod steps;
mod tidy;

use std::process::ExitCode;

use shell::Workspace;
use steps::Plan;

const USAGE: &str = "\
usage: cargo xtask test [--only STEP]... [--keep-going] [--list]

  --only STEP    run this step alone (may be given several times)
  --keep-going   run the remaining steps after a failure
  --list         print the steps and what each proves";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match parse(&arguments) {
        Ok(Request::Help) => {
            println!("{USAGE}");
            ExitCode::SUCCESS
        }
        Ok(Request::List) => {
            steps::print_list();
            ExitCode::SUCCESS
        }
        Ok(Request::Test(plan)) => match plan.run(&Workspace::here()) {
            true => ExitCode::SUCCESS,
            false => ExitCode::FAILURE,
        },
        Err(problem) => {
            eprintln!("{problem}\n\n{USAGE}");
            ExitCode::from(2)
        }
    }
}

/// What the command line asks for.
#[derive(Debug, PartialEq)]
enum Request {
    Help,
    List,
    Test(Plan),
}

/// Reads the arguments by hand: three flags do not earn a dependency.
fn parse(arguments: &[String]) -> Result<Request, String> {
    let mut words = arguments.iter().map(String::as_str);
    match words.next() {
        Some("test") => {}
        None | Some("help" | "--help" | "-h") => return Ok(Request::Help),
        Some(other) => return Err(format!("unknown command `{other}`")),
    }
    let mut plan = Plan::default();
    while let Some(word) = words.next() {
        match word {
            "--keep-going" => plan.keep_going = true,
            "--list" => return Ok(Request::List),
            "--help" | "-h" => return Ok(Request::Help),
            "--only" => {
                let name = words.next().ok_or("--only needs the name of a step")?;
                let step = steps::find(name).ok_or_else(|| {
                    format!("no step `{name}`\nhint: the steps are {}", steps::names())
                })?;
                plan.only.push(step.name);
            }
            other => return Err(format!("unknown argument `{other}`")),
        }
    }
    Ok(Request::Test(plan))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse_line(line: &str) -> Result<Request, String> {
        let words: Vec<String> = line.split_whitespace().map(String::from).collect();
        parse(&words)
    }

    #[test]
    fn only_may_be_repeated() {
        let plan = Plan { only: vec!["fmt", "tidy"], keep_going: true };
        let line = "test --only fmt --keep-going --only tidy";
        assert_eq!(parse_line(line), Ok(Request::Test(plan)));
    }

    #[test]
    fn an_unknown_step_names_the_known_ones() {
        let problem = parse_line("test --only nonsense").unwrap_err();
        assert!(problem.contains("hint:") && problem.contains("clippy"), "{problem}");
    }

    #[test]
    fn unknown_words_are_refused() {
        assert!(parse_line("tset").is_err());
        assert!(parse_line("test --quick").is_err());
        assert!(parse_line("test --only").is_err());
    }
}
