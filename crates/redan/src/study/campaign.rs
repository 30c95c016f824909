//! A study made ready, played in parts, and joined to one table.

use std::io::{IsTerminal, Read as _};

use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;
use redan_sim::card::{Library, Uncertain};
use redan_store::{StudyRow, StudyTable};
use redan_study::design::{Design, Plan};
use redan_study::ledger::{Ledger, LedgerError, Subject, pairs_of};
use redan_study::plan::{Extent, Part, Shard};
use redan_study::play;
use redan_study::stats::nested;

use super::about::{About, CaseAbout, FigureAbout, PlanAbout};
use super::cases::Case;
use super::folder::{Folder, State};
use super::until::Until;
use crate::exit::{Interrupted, bad_input};
use crate::inputs::{self, Ground};

/// How draws are laid out, as the command line has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum DesignWish {
    /// Independent draws.
    Random,
    /// Latin hypercube over all draws.
    Latin,
    /// Sobol's sequence, shifted at random.
    Sobol,
    /// Pairs of matrices for Sobol indices; figures of one card are moved together.
    Pairs,
    /// No draws: all figures as the cards propose.
    Nominal,
}

/// What is to be studied.
pub(crate) struct Request<'a> {
    pub(crate) file: &'a std::path::Path,
    pub(crate) terrain: Option<&'a str>,
    pub(crate) cases: Vec<Case>,
    pub(crate) replications: u64,
    pub(crate) battles: u64,
    pub(crate) seed: u64,
    pub(crate) design: DesignWish,
    /// Parts of names of figures that are to be drawn; none for all.
    pub(crate) only: &'a [String],
    pub(crate) until: Option<Until>,
    pub(crate) out: &'a std::path::Path,
}

/// A study that is ready to be played.
pub(crate) struct Campaign<'l> {
    /// What it is.
    pub(crate) about: About,
    /// What the user should know before believing the result.
    pub(crate) warnings: Vec<String>,
    /// Where it is kept.
    pub(crate) folder: Folder,
    ledgers: Vec<Ledger<'l>>,
    plan: Plan,
    extent: Extent,
    until: Option<Until>,
    /// For each case: place of each of its figures among all, and of each figure with rivals.
    places: Vec<(Vec<usize>, Vec<usize>)>,
}

/// How far a run came.
pub(crate) enum Progress {
    /// The table is there.
    Finished,
    /// Parts of other shards are still missing: so many are there, of so many.
    Waiting(u64, u64),
}

impl<'l> Campaign<'l> {
    /// Reads and checks everything.
    pub(crate) fn prepare(request: Request<'_>, library: &'l Library) -> anyhow::Result<Self> {
        let text = text_of(&request, library)?;
        let name = request.file.display().to_string();
        let subject = |case: &Case| Subject {
            file: name.clone(),
            text: text.clone(),
            variant: case.variant.clone(),
            settings: case.settings.clone(),
        };
        let drafts = request.cases.iter().map(|case| subject(case).draft(library));
        let drafts: Vec<_> =
            drafts.collect::<Result<_, _>>().map_err(crate::problems::bad_scenario)?;
        let ground = inputs::ground(&drafts, request.terrain)?;
        let draws = request.design != DesignWish::Nominal;
        let mut ledgers = Vec::new();
        for (case, draft) in request.cases.iter().zip(&drafts) {
            let ledger = Ledger::new(subject(case), &ground.earth(draft), library, draws);
            ledgers.push(ledger.map_err(of_ledger)?);
        }
        choose(&mut ledgers, request.only)?;
        Ledger::share_places(&mut ledgers);
        let extent = Extent::new(request.replications, request.battles);
        let design = design(request.design, &ledgers)?;
        let about = about(&request, (&text, &ground, library), &drafts[0], (&ledgers, &extent))?;
        Ok(Self {
            plan: Plan { design, seed: request.seed, draws: extent.draws() },
            places: ledgers.iter().map(|ledger| places(ledger, &about)).collect(),
            folder: Folder::new(request.out),
            warnings: ground.warning.into_iter().collect(),
            until: request.until,
            about,
            ledgers,
            extent,
        })
    }

    /// Plays what is not there yet, on the current pool of threads; no further part is begun once `goes_on` says
    /// `false`.
    pub(crate) fn play(
        &self,
        shard: Shard,
        goes_on: &(dyn Fn() -> bool + Sync),
    ) -> anyhow::Result<Progress> {
        if let State::Finished = self.folder.begin(&self.about)? {
            self.folder.clear()?;
            return Ok(Progress::Finished);
        }
        let jobs = self.jobs();
        let todo: Vec<&Job> = jobs.iter().filter(|job| shard.has(&job.numbered)).collect();
        let watch = Watch { bar: self.bar(&todo), goes_on };
        let last_draw = match &self.until {
            Some(until) => self.play_until(until, &jobs, &watch)?,
            None => {
                todo.par_iter().try_for_each(|job| self.play_job(job, &watch).map(drop))?;
                self.extent.draws()
            }
        };
        watch.bar.finish_and_clear();
        let there = jobs.iter().filter(|job| self.is_there(job) || job.part.from >= last_draw);
        let there = there.count() as u64;
        if there < jobs.len() as u64 {
            return Ok(Progress::Waiting(there, jobs.len() as u64));
        }
        self.finish(&jobs, last_draw)?;
        Ok(Progress::Finished)
    }

    /// All parts of all cases, in the order of the table.
    fn jobs(&self) -> Vec<Job> {
        let parts: Vec<Part> = self.extent.parts().collect();
        let of_case = |case: usize| parts.iter().map(move |part| (case, *part));
        let all = (0..self.ledgers.len()).flat_map(of_case).enumerate();
        all.map(|(number, (case, part))| {
            let numbered = Part { number: number as u64, ..part };
            Job { case, part, numbered }
        })
        .collect()
    }

    fn rows_of(&self, job: &Job) -> u64 {
        (job.part.until - job.part.from) * self.extent.battles
    }

    fn is_there(&self, job: &Job) -> bool {
        self.folder.has(job.case, job.part.number, self.rows_of(job))
    }

    /// Plays a part unless it is there; says whether it did.
    fn play_job(&self, job: &Job, watch: &Watch<'_>) -> anyhow::Result<bool> {
        if self.is_there(job) {
            return Ok(false);
        }
        if !(watch.goes_on)() {
            return Err(anyhow::Error::new(Interrupted));
        }
        let ledger = &self.ledgers[job.case];
        let done = || watch.bar.inc(1);
        let rows = play::part(ledger, &self.plan, &self.extent, &job.part, &done);
        let rows: Vec<StudyRow> = rows.into_iter().map(|row| self.stored(job.case, row)).collect();
        let path = self.folder.part(job.case, job.part.number);
        redan_store::write_study(&path, "part", &self.about.columns(), &rows).map_err(bad_input)?;
        Ok(true)
    }

    /// Plays parts in order until the rule is met in every case; returns the draw before which it stops.
    fn play_until(&self, until: &Until, jobs: &[Job], watch: &Watch<'_>) -> anyhow::Result<u64> {
        let parts: Vec<Part> = self.extent.parts().collect();
        let mut means: Vec<Vec<(u64, f64)>> = vec![Vec::new(); self.ledgers.len()];
        let window = (2 * rayon::current_num_threads()).max(4);
        for some in parts.chunks(window) {
            let now: Vec<&Job> = jobs.iter().filter(|job| some.contains(&job.part)).collect();
            now.par_iter().try_for_each(|job| self.play_job(job, watch).map(drop))?;
            for job in now {
                means[job.case].extend(self.means(until, job)?);
            }
            if let Some(stop) = stop(until, &means) {
                return Ok(stop);
            }
        }
        Ok(self.extent.draws())
    }

    /// Draws of a part with the mean of the measure over their battles, where it was observed.
    fn means(&self, until: &Until, job: &Job) -> anyhow::Result<Vec<(u64, f64)>> {
        let path = self.folder.part(job.case, job.part.number);
        let table = StudyTable::open(&path).map_err(bad_input)?;
        let column = redan_record::measures::NAMES[until.measure];
        let values = table.numbers(column).map_err(bad_input)?;
        let battles = self.extent.battles as usize;
        let of = |(index, values): (usize, &[Option<f64>])| {
            let draw = job.part.from + index as u64;
            let groups = nested::grouped(values, &vec![draw; values.len()]);
            nested::means(&groups).first().map(|mean| (draw, *mean))
        };
        Ok(values.chunks(battles).enumerate().filter_map(of).collect())
    }

    fn finish(&self, jobs: &[Job], last_draw: u64) -> anyhow::Result<()> {
        let wanted = jobs.iter().filter(|job| job.part.from < last_draw);
        let parts: Vec<_> = wanted.map(|job| self.folder.part(job.case, job.part.number)).collect();
        let about = self.about.to_text()?;
        let keep = |row: &StudyRow| row.draw < last_draw;
        redan_store::join(&parts, &self.folder.out, &about, &self.about.columns(), &keep)
            .map_err(bad_input)?;
        self.folder.clear()
    }

    fn stored(&self, case: usize, row: play::Row) -> StudyRow {
        let (figures, claims) = &self.places[case];
        let mut stored = StudyRow {
            case: self.about.cases[case].name.clone(),
            replication: row.replication,
            draw: row.draw,
            attempts: row.attempts,
            digest: row.digest.to_string(),
            measures: row.measures,
            figures: vec![None; self.about.figures.len()],
            claims: vec![None; self.about.columns().claims.len()],
        };
        for (place, value) in figures.iter().zip(row.figures) {
            stored.figures[*place] = value;
        }
        for (place, label) in claims.iter().zip(row.claims) {
            stored.claims[*place] = Some(label);
        }
        stored
    }

    /// Progress with rate and time left on a terminal; what was done before does not count for the rate.
    fn bar(&self, todo: &[&Job]) -> ProgressBar {
        let done: u64 =
            todo.iter().filter(|job| self.is_there(job)).map(|job| self.rows_of(job)).sum();
        let all: u64 = todo.iter().map(|job| self.rows_of(job)).sum();
        if done > 0 {
            tracing::info!("{done} of {all} replications were done before");
            if std::io::stderr().is_terminal() {
                crate::output::complain(&format!("goes on: {done} of {all} were done before"));
            }
        }
        let template = "{bar:40} {pos}/{len} battles  {per_sec}  {eta} left";
        let bar = ProgressBar::new(all - done);
        match ProgressStyle::with_template(template) {
            Ok(style) => bar.with_style(style),
            Err(_) => bar,
        }
    }
}

/// Who is told of progress, and who may end it.
struct Watch<'a> {
    bar: ProgressBar,
    goes_on: &'a (dyn Fn() -> bool + Sync),
}

/// A part of a case.
struct Job {
    case: usize,
    part: Part,
    /// The same part with its number among all cases, for sharing out.
    numbered: Part,
}

/// The draw before which every case is known well enough; `None` where one is not.
fn stop(until: &Until, means: &[Vec<(u64, f64)>]) -> Option<u64> {
    let of_case = |means: &Vec<(u64, f64)>| {
        let values: Vec<f64> = means.iter().map(|(_, mean)| *mean).collect();
        until.rule.stops_after(&values).map(|count| means[count - 1].0 + 1)
    };
    means.iter().map(of_case).try_fold(0, |latest, stop| Some(latest.max(stop?)))
}

/// Text of the scenario, checked for mistakes by the reading of the first case.
fn text_of(request: &Request<'_>, library: &Library) -> anyhow::Result<String> {
    let first = request.cases.first().and_then(|case| case.variant.as_deref());
    let draft = redan_sim::scenario::Draft::read(request.file, first, library);
    Ok(draft.map_err(crate::problems::bad_scenario)?.text().to_string())
}

fn of_ledger(error: LedgerError) -> anyhow::Error {
    match error {
        LedgerError::Scenario(problems) => crate::problems::bad_scenario(problems),
        LedgerError::Battle(error) => bad_input(error),
    }
}

/// Keeps the figures whose names hold one of the words.
fn choose(ledgers: &mut [Ledger<'_>], only: &[String]) -> anyhow::Result<()> {
    if only.is_empty() {
        return Ok(());
    }
    let wanted = |one: &Uncertain| only.iter().any(|word| one.name().contains(word.as_str()));
    for word in only {
        let mut all = ledgers.iter().flat_map(|ledger| &ledger.figures);
        if !all.any(|one| one.name().contains(word.as_str())) {
            return Err(bad_input(format!(
                "no figure that a study draws has `{word}` in its name\n  hint: `redan ledger CARD` marks \
                 what studies draw"
            )));
        }
    }
    ledgers.iter_mut().for_each(|ledger| ledger.keep(wanted));
    Ok(())
}

fn design(wish: DesignWish, ledgers: &[Ledger<'_>]) -> anyhow::Result<Design> {
    Ok(match wish {
        DesignWish::Random | DesignWish::Nominal => Design::Random,
        DesignWish::Latin => Design::Latin,
        DesignWish::Sobol => Design::Sobol,
        DesignWish::Pairs if ledgers.len() == 1 => pairs_of(&ledgers[0].groups()),
        DesignWish::Pairs => {
            return Err(bad_input("--design pairs is for one case\n  hint: name one variant"));
        }
    })
}

fn about(
    request: &Request<'_>,
    (text, ground, library): (&str, &Ground, &Library),
    draft: &redan_sim::scenario::Draft,
    (ledgers, extent): (&[Ledger<'_>], &Extent),
) -> anyhow::Result<About> {
    let mut figures: Vec<&Uncertain> = ledgers.iter().flat_map(|one| &one.figures).collect();
    figures.sort_by_key(|one| one.name());
    figures.dedup_by_key(|one| one.name());
    let pairs = request.design == DesignWish::Pairs;
    let value = clap::ValueEnum::to_possible_value(&request.design);
    let plan = PlanAbout {
        seed: request.seed,
        replications: extent.replications,
        battles: extent.battles,
        design: value.map_or(String::new(), |value| value.get_name().to_string()),
        groups: if pairs { ledgers[0].groups() } else { Vec::new() },
        until: request.until.as_ref().map(Until::text),
    };
    let words = |variant: &Option<String>| {
        let known = draft.variants().iter().find(|(name, _)| Some(name) == variant.as_ref());
        known.map_or(String::new(), |(_, about)| about.clone())
    };
    let case = |case: &Case| CaseAbout {
        name: case.name.clone(),
        about: words(&case.variant),
        variant: case.variant.clone(),
        settings: case.settings.iter().map(|s| (s.path.clone(), s.value.clone())).collect(),
    };
    let nominal = &ledgers[0].nominal.scenario;
    Ok(About {
        redan_version: env!("CARGO_PKG_VERSION").to_string(),
        binary: binary_hash()?,
        title: nominal.title.clone(),
        question: nominal.question.clone(),
        scenario_file: request.file.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        scenario_hash: blake3::hash(text.as_bytes()).to_hex().to_string(),
        cards_hash: inputs::cards_hash(library),
        terrain_note: ground.note.clone(),
        terrain_hash: ground.hash.clone(),
        plan,
        cases: request.cases.iter().map(case).collect(),
        figures: figures.into_iter().map(FigureAbout::of).collect(),
    })
}

/// Hash of the program itself: another build may play other battles.
fn binary_hash() -> anyhow::Result<String> {
    let mut hasher = blake3::Hasher::new();
    let mut file = std::fs::File::open(crate::calls::binary()?)?;
    let mut buffer = vec![0; 256 * 1024];
    loop {
        match file.read(&mut buffer)? {
            0 => break,
            count => hasher.update(&buffer[..count]),
        };
    }
    Ok(hasher.finalize().to_hex().to_string())
}

fn places(ledger: &Ledger<'_>, about: &About) -> (Vec<usize>, Vec<usize>) {
    let columns = about.columns();
    let of = |names: &[String], figure: &Uncertain| {
        let name = figure.name();
        names.iter().position(|known| *known == name)
    };
    let figures = ledger.figures.iter().filter_map(|one| of(&columns.figures, one)).collect();
    let rivals = ledger.figures.iter().filter(|one| one.rivals.len() > 1);
    (figures, rivals.filter_map(|one| of(&columns.claims, one)).collect())
}
