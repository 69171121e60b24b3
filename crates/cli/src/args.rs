//! Every command and flag, with its help and an example of use.
//!
//! What must not live here: what a command does.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Reads Arabic news of diplomacy and makes a record of it, with the letters that prove each part.
#[derive(Parser)]
#[command(
    name = "sijill",
    version,
    arg_required_else_help = true,
    after_help = "\
Examples:
  sijill read samples                          show the records of a folder
  sijill read news.jsonl --format jsonl        one record a line, for other programs
  sijill explain page.txt                      which entry and rule made each field
  sijill lexicon test                          run every example of the lexicon
  sijill add samples                           keep them in a register, ./sijill.db
  sijill timeline KAZ CHN                      what happened between two, with the words that say so
  sijill list events --actor KAZ --kind visit  ask the register
  sijill serve samples                         open them in a browser
  sijill eval --gold gold --text articles      score the engine against gold records

Exit status: 0 all was read; 1 something could not be read, or a test failed; 2 wrong usage, or nothing could be read."
)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
    /// Colours on a terminal. NO_COLOR is respected
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    pub color: Color,
}

#[derive(Subcommand)]
pub enum Command {
    /// Read articles and show or write their records
    Read(Read),
    /// Show how each field of a record came about
    Explain(Explain),
    /// Read feeds (RSS, Atom) again and again, and write or keep their new articles
    #[cfg(feature = "watch")]
    Watch(Watch),
    /// Add articles to a register
    Add(Add),
    /// Read the articles of a register again, with the lexicon that this program has
    #[command(after_help = "\
Articles keep the record that the lexicon of their day made. This reads those that another lexicon has read; their texts are in the register, their sources are not needed.
It goes on where it was cut off. Events keep their ids as long as their articles report them in the same order.

Examples:
  sijill reread
  sijill reread --register sijill.db --lexicon my-lexicon")]
    Reread(Reread),
    /// List events, statements or relations of a register
    List(List),
    /// What happened between two actors, or to one, in order of time
    Timeline(Timeline),
    /// What the register holds of somebody
    Actor(Actor),
    /// An event with all its reports, or an article with all that it says
    Show(Show),
    /// How two states stand to each other, by what articles say
    Standing(Standing),
    /// Where the reports contradict each other, the register, or the calendar
    Check(Check),
    /// Find articles by their words
    Search(Search),
    /// Write a register's events, statements, relations or actors to a file for another program
    Export(Export),
    /// Open a register in a browser
    #[cfg(feature = "serve")]
    Serve(Serve),
    /// Answer an assistant's questions over the Model Context Protocol
    Mcp(Mcp),
    /// Test, show and extend the lexicon
    #[command(after_help = "\
Examples:
  sijill lexicon test lexicon/frames/visit.toml
  sijill lexicon show frame:istaqbala-receive
  sijill lexicon new frame > my-lexicon/frames/new.toml
  sijill lexicon stats")]
    Lexicon(Lexicon),
    /// Score records against gold articles, by the record standard
    Eval(Eval),
    /// Write a completion script for a shell
    #[command(after_help = "Examples:\n  sijill completions bash > ~/.local/share/bash-completion/completions/sijill\n  sijill completions zsh > ~/.zfunc/_sijill")]
    Completions(Completions),
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people
    Human,
    /// One record a line
    Jsonl,
    /// One indented array
    Json,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum, Debug)]
pub enum Lang {
    Ar,
    En,
    Both,
}

/// Where the parts of a line or row stand, and what is given for all articles.
#[derive(Args, Clone)]
pub struct Fields {
    /// Publication date of all articles that do not name one: 2024, 2024-07 or 2024-07-02
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub published: Option<String>,
    /// Outlet of all articles that do not name one
    #[arg(long, value_name = "NAME")]
    pub outlet: Option<String>,
    /// Put the title of a line or row before its text, as first line and an empty one. Offsets then count from the title
    #[arg(long)]
    pub with_title: bool,
    /// The field or column that holds the text [default: text]
    #[arg(long, value_name = "NAME", help_heading = "Fields of JSONL lines, columns of CSV and Parquet")]
    pub text_field: Option<String>,
    /// The field or column that holds the id [default: id]
    #[arg(long, value_name = "NAME", help_heading = "Fields of JSONL lines, columns of CSV and Parquet")]
    pub id_field: Option<String>,
    /// The field or column that holds the title [default: title]
    #[arg(long, value_name = "NAME", help_heading = "Fields of JSONL lines, columns of CSV and Parquet")]
    pub title_field: Option<String>,
    /// The field or column that holds the publication date [default: published]
    #[arg(long, value_name = "NAME", help_heading = "Fields of JSONL lines, columns of CSV and Parquet")]
    pub published_field: Option<String>,
    /// The field or column that holds the outlet [default: outlet]
    #[arg(long, value_name = "NAME", help_heading = "Fields of JSONL lines, columns of CSV and Parquet")]
    pub outlet_field: Option<String>,
    /// The field or column that holds the address of the page [default: url]
    #[arg(long, value_name = "NAME", help_heading = "Fields of JSONL lines, columns of CSV and Parquet")]
    pub url_field: Option<String>,
}

/// How a person wants it shown.
#[derive(Args, Clone)]
pub struct Look {
    /// Language of the labels and names
    #[arg(long, value_enum, default_value_t = Lang::Both, value_name = "LANG")]
    pub lang: Lang,
    /// Wrap runs of Arabic in invisible isolates (U+2068, U+2069), which keep mixed lines in order. Off on terminals that can not
    #[arg(long, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    pub isolates: Color,
    /// Columns to fill [default: the terminal's, or 100]
    #[arg(long, value_name = "COLUMNS")]
    pub width: Option<usize>,
}

#[derive(Args)]
#[command(after_help = "\
Inputs: .txt, .html, .jsonl, .csv, .tsv, .parquet, .warc, .xml (RSS, Atom), each also as .gz or .zst; folders of them; - for standard input.
UTF-8, UTF-16 and Windows-1256 are told apart by themselves.
The output is the same, byte for byte, on any number of threads.

Examples:
  sijill read samples
  sijill read page.txt --published 2024-07-01 --lang en
  sijill read news.jsonl --format jsonl > records.jsonl
  curl -s https://example.org/page.txt | sijill read - --published 2024-07-01
  sijill read dump.jsonl --text-field body --id-field guid --published-field date
  sijill read table.csv.gz --text-field body
  sijill read crawl.warc.gz --format jsonl
  sijill read samples --lexicon my-lexicon")]
pub struct Read {
    /// Files, folders, or - for standard input
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Form of the output
    #[arg(long, short, value_enum, default_value_t = Format::Human)]
    pub format: Format,
    /// Threads [default: all cores]
    #[arg(long, short = 'j', value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub threads: Option<u16>,
    /// A folder of your own entries, added to the lexicon; a folder that holds codes/kinds.toml takes its place
    #[arg(long, value_name = "DIR")]
    pub lexicon: Vec<PathBuf>,
    /// Show quotations in full
    #[arg(long)]
    pub full: bool,
    #[command(flatten)]
    pub look: Look,
    #[command(flatten)]
    pub fields: Fields,
}

#[derive(Args)]
#[command(after_help = "\
Examples:
  sijill explain page.txt
  sijill explain news.jsonl --only event,statement
  sijill explain - --published 2024-07-01 < page.txt")]
pub struct Explain {
    /// Files, folders, or - for standard input
    #[arg(value_name = "PATH", required = true)]
    pub paths: Vec<PathBuf>,
    /// Only these parts: published, boilerplate, entity, time, statement, event, relation, warning
    #[arg(long, value_name = "PART", value_delimiter = ',')]
    pub only: Vec<String>,
    /// A folder of your own entries, added to the lexicon
    #[arg(long, value_name = "DIR")]
    pub lexicon: Vec<PathBuf>,
    #[command(flatten)]
    pub look: Look,
    #[command(flatten)]
    pub fields: Fields,
}

#[cfg(feature = "watch")]
#[derive(Args)]
#[command(after_help = "\
FEEDS is a TOML file with a table for each feed:

  [[feed]]
  url = \"https://news.example/rss.xml\"
  outlet = \"...\"          # the feed's own name, if left out
  interval = \"15m\"       # 90s, 15m, 2h, 1d; half an hour, if left out
  pages = true             # fetch the page of each entry; false: only what the feed says

Sites are asked politely: robots.txt is obeyed, one request a host at a time, feeds that have not changed are not sent again, errors double the wait.

Examples:
  sijill watch feeds.toml --register news.db
  sijill watch feeds.toml --once > new.jsonl
  sijill watch feeds.toml >> news.jsonl
  sijill watch feeds.toml --once | sijill read - --format jsonl")]
pub struct Watch {
    /// File of the feeds
    #[arg(value_name = "FEEDS")]
    pub feeds: PathBuf,
    /// Read each feed once, and end. One that failed lately is left alone until its wait is over
    #[arg(long)]
    pub once: bool,
    /// Add the articles to this register and write none to standard output
    #[arg(long, value_name = "FILE")]
    pub register: Option<PathBuf>,
    /// Where it is kept what was read already [default: FEEDS with the ending .state.json]
    #[arg(long, value_name = "FILE")]
    pub state: Option<PathBuf>,
    /// Seconds between two requests to one host
    #[arg(long, value_name = "SECONDS", default_value_t = 2)]
    pub pause: u64,
}

/// Which register, and how its answers look.
#[derive(Args, Clone)]
pub struct Desk {
    /// The register, an SQLite file
    #[arg(long, value_name = "FILE", default_value = "sijill.db")]
    pub register: PathBuf,
    /// Form of the output
    #[arg(long, short, value_enum, default_value_t = Shape::Table)]
    pub format: Shape,
    #[command(flatten)]
    pub look: Look,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum, Debug)]
pub enum Shape {
    /// For people
    Table,
    /// One indented array
    Json,
    /// One object a line
    Jsonl,
    /// For spreadsheets
    Csv,
}

#[derive(Args)]
#[command(after_help = "\
The register is one SQLite file, made where there is none. The same article twice is one article; a changed one is a new version. A run that was cut
off is simply started again: it goes on where it was. What can not be read is kept in the view `rejected` with its reason and place.

Examples:
  sijill add samples
  sijill add archive/ news.jsonl --register news.db
  sijill add page.txt --published 2024-07-01 --outlet Xinhua
  sijill add dump.jsonl --text-field body --id-field guid --published-field date
  sqlite3 sijill.db 'SELECT date, kind, event FROM events ORDER BY date'")]
pub struct Add {
    /// Files, folders, or - for standard input
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// The register, an SQLite file
    #[arg(long, value_name = "FILE", default_value = "sijill.db")]
    pub register: PathBuf,
    /// Threads [default: all cores]
    #[arg(long, short = 'j', value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub threads: Option<u16>,
    /// Add nothing; bring the file up to date and resolve what a run that was cut off has left
    #[arg(long, conflicts_with = "paths")]
    pub settle: bool,
    /// Do not look for contradictions afterwards; the view `checks` stays as it was until the next addition
    #[arg(long)]
    pub no_checks: bool,
    /// A folder of your own entries, added to the lexicon
    #[arg(long, value_name = "DIR")]
    pub lexicon: Vec<PathBuf>,
    #[command(flatten)]
    pub fields: Fields,
}

#[derive(Args)]
pub struct Reread {
    /// The register, an SQLite file
    #[arg(long, value_name = "FILE", default_value = "sijill.db")]
    pub register: PathBuf,
    /// All articles, those also that this lexicon has read
    #[arg(long)]
    pub all: bool,
    /// Threads [default: all cores]
    #[arg(long, short = 'j', value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub threads: Option<u16>,
    /// A folder of your own entries, added to the lexicon
    #[arg(long, value_name = "DIR")]
    pub lexicon: Vec<PathBuf>,
}

#[derive(Args)]
#[command(after_help = "\
Actors are named by id, by ISO code, or by a name in Arabic or English as any article or the lexicon spells it.

Examples:
  sijill list events --actor KAZ --actor CHN --kind visit --from 2013 --until 2024-12
  sijill list statements --speaker \"Wang Yi\" --force pledge --about TJK
  sijill list relations --actor KAZ --actor CHN
  sijill list events --kind signing --format csv > signings.csv")]
pub struct List {
    #[command(subcommand)]
    pub what: Listed,
}

#[derive(Subcommand)]
pub enum Listed {
    /// Events, by day
    #[command(after_help = "\
A state takes part where one of its people does. An event is in a range of days when it begins in it, or began within a year before and still goes on.
A day in brackets is that of the first article, for an event without a date of its own.

Examples:
  sijill list events --actor KAZ --actor CHN --kind visit --from 2013 --until 2024-12
  sijill list events --status planned --from 2024-07-02 --until 2024-07-06
  sijill list events --place \"Xi'an\" --from 2023-05 --until 2023-05 --lang en")]
    Events(ListEvents),
    /// Statements, by day
    #[command(after_help = "\
Examples:
  sijill list statements --speaker \"Wang Yi\" --force pledge --about TJK
  sijill list statements --speaker KAZ --from 2021-06 --until 2021-06 --format jsonl")]
    Statements(ListStatements),
    /// What articles assert of the standing of two parties
    #[command(after_help = "Examples:\n  sijill list relations --actor KAZ --actor CHN\n  sijill list relations --actor UZB --lang en")]
    Relations(ListRelations),
}

#[derive(Args)]
pub struct Export {
    #[command(subcommand)]
    pub what: Exported,
}

#[derive(Subcommand)]
pub enum Exported {
    /// Events, by day
    #[command(after_help = "\
All events that fit are written, in a fixed order: the same register gives the same bytes. What a format has no place for is left out, and how much that is, is said.
Beside FILE stands FILE.cite.json: how to cite it, program, lexicon and query. Columns: docs/reference/export.md.

Examples:
  sijill export events --format csv -o events.csv
  sijill export events --actor KAZ --kind visit,meeting --from 2024 --format ics -o kaz.ics
  sijill export events --format polecat -o events.tsv
  sijill export events --format graphml -o actors.graphml")]
    Events(ExportEvents),
    /// Statements, by day
    #[command(after_help = "Examples:\n  sijill export statements --speaker KAZ --format csv -o words.csv\n  sijill export statements --force pledge --format jsonl | jq .quote")]
    Statements(ExportStatements),
    /// What articles assert of the standing of two parties, by day of publication
    #[command(after_help = "Examples:\n  sijill export relations --format csv -o relations.csv\n  sijill export relations --actor KAZ --actor CHN --format jsonl")]
    Relations(ExportRelations),
    /// Everybody whom an article names, by id
    #[command(after_help = "Examples:\n  sijill export actors --format csv -o actors.csv")]
    Actors(ExportTo),
}

/// Out of which register, in which form, whither.
#[derive(Args, Clone)]
pub struct ExportTo {
    /// The register, an SQLite file
    #[arg(long, value_name = "FILE", default_value = "sijill.db")]
    pub register: PathBuf,
    /// Form of the file
    #[arg(long, short, value_enum, default_value_t = Foreign::Csv)]
    pub format: Foreign,
    /// The file to write, and FILE.cite.json beside it; without it, standard output
    #[arg(long = "out", short = 'o', value_name = "FILE")]
    pub out: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum, Debug)]
pub enum Foreign {
    /// For R, pandas and spreadsheets
    Csv,
    /// One object a line
    Jsonl,
    /// POLECAT's 40 columns (events)
    Polecat,
    /// GDELT 2.0's table of events (events)
    Gdelt,
    /// GDELT 2.0's table of mentions (events)
    GdeltMentions,
    /// Calendar of visits, meetings and gatherings (events)
    Ics,
    /// Network of actors, for Gephi, igraph, networkx (events)
    Graphml,
    /// Linked data in the words of schema.org (events)
    Jsonld,
    /// The same as RDF, N-Triples (events)
    Rdf,
    /// For DuckDB, pandas, R and Spark: typed columns (a program built with `--features parquet`)
    Parquet,
}

#[derive(Args)]
pub struct ExportEvents {
    #[command(flatten)]
    pub which: EventFilter,
    #[command(flatten)]
    pub to: ExportTo,
}

#[derive(Args)]
pub struct ExportStatements {
    #[command(flatten)]
    pub which: StatementFilter,
    #[command(flatten)]
    pub to: ExportTo,
}

#[derive(Args)]
pub struct ExportRelations {
    /// One actor, or two
    #[arg(long, value_name = "NAME")]
    pub actor: Vec<String>,
    #[command(flatten)]
    pub days: Days,
    #[command(flatten)]
    pub to: ExportTo,
}

/// Which events.
#[derive(Args, Clone)]
pub struct EventFilter {
    /// Who takes part; more than one: all of them
    #[arg(long, value_name = "NAME")]
    pub actor: Vec<String>,
    /// visit, meeting, call, signing, … (see `sijill lexicon`); more than one: any of them
    #[arg(long, value_name = "KIND", value_delimiter = ',')]
    pub kind: Vec<String>,
    /// occurred, ongoing, planned, proposed, cancelled, denied
    #[arg(long, value_name = "STATUS", value_delimiter = ',')]
    pub status: Vec<String>,
    /// Where: a place or a state
    #[arg(long, value_name = "NAME")]
    pub place: Option<String>,
    /// An article that reports it has these words, in any spelling; what stands in quotation marks stands together
    #[arg(long, value_name = "WORDS")]
    pub text: Vec<String>,
    #[command(flatten)]
    pub days: Days,
}

/// Which statements.
#[derive(Args, Clone)]
pub struct StatementFilter {
    /// Who speaks
    #[arg(long, value_name = "NAME")]
    pub speaker: Vec<String>,
    /// To whom, or of whom
    #[arg(long, value_name = "NAME")]
    pub about: Vec<String>,
    /// state, call-for, pledge, support, criticise, reject, warn
    #[arg(long, value_name = "FORCE", value_delimiter = ',')]
    pub force: Vec<String>,
    #[command(flatten)]
    pub days: Days,
}

/// A range of days.
#[derive(Args, Clone)]
pub struct Days {
    /// From this day, month or year on
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub from: Option<String>,
    /// Until the end of this day, month or year
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub until: Option<String>,
}

/// One page of a list.
#[derive(Args, Clone)]
pub struct Paging {
    /// How many rows, at most
    #[arg(long, short = 'n', value_name = "N", default_value_t = 100)]
    pub limit: usize,
    /// Go on after this key, which the page before gave
    #[arg(long, value_name = "KEY")]
    pub after: Option<String>,
    /// The newest first
    #[arg(long)]
    pub newest: bool,
}

#[derive(Args)]
pub struct ListEvents {
    #[command(flatten)]
    pub which: EventFilter,
    #[command(flatten)]
    pub paging: Paging,
    #[command(flatten)]
    pub desk: Desk,
}

#[derive(Args)]
pub struct ListStatements {
    #[command(flatten)]
    pub which: StatementFilter,
    #[command(flatten)]
    pub paging: Paging,
    #[command(flatten)]
    pub desk: Desk,
}

#[derive(Args)]
pub struct ListRelations {
    /// One actor, or two
    #[arg(long, value_name = "NAME", required = true)]
    pub actor: Vec<String>,
    #[command(flatten)]
    pub days: Days,
    /// How many rows, at most
    #[arg(long, short = 'n', value_name = "N", default_value_t = 100)]
    pub limit: usize,
    #[command(flatten)]
    pub desk: Desk,
}

#[derive(Args)]
#[command(after_help = "\
● happened  ◐ goes on  ○ planned  ◌ proposed  ✕ cancelled  ⊘ denied. Each line with the words that say so and where they stand.

Examples:
  sijill timeline KAZ CHN
  sijill timeline Tokayev --from 2024
  sijill timeline KAZ CHN --kind visit,signing --lang ar")]
pub struct Timeline {
    /// One actor, or two
    #[arg(value_name = "NAME", required = true, num_args = 1..=2)]
    pub actors: Vec<String>,
    /// Only these kinds
    #[arg(long, value_name = "KIND", value_delimiter = ',')]
    pub kind: Vec<String>,
    #[command(flatten)]
    pub days: Days,
    /// How many events, at most: the latest of the range
    #[arg(long, short = 'n', value_name = "N", default_value_t = 60)]
    pub limit: usize,
    /// Show quotations in full
    #[arg(long)]
    pub full: bool,
    #[command(flatten)]
    pub desk: Desk,
}

#[derive(Args)]
#[command(after_help = "Examples:\n  sijill actor Tokayev\n  sijill actor KAZ --lang en\n  sijill actor person:xi-jinping --format json")]
pub struct Actor {
    /// Id, ISO code, or name
    #[arg(value_name = "NAME")]
    pub name: String,
    #[command(flatten)]
    pub desk: Desk,
}

#[derive(Args)]
#[command(after_help = "Examples:\n  sijill show ev-0123456789ab\n  sijill show a0123456789abcdef --format json")]
pub struct Show {
    /// An event (ev-…) or an article (a…)
    #[arg(value_name = "ID")]
    pub id: String,
    /// Show quotations in full
    #[arg(long)]
    pub full: bool,
    #[command(flatten)]
    pub desk: Desk,
}

#[derive(Args)]
#[command(after_help = "\
Levels of relation with their words, agreements, visits, positions on the other's policies. With --format csv: the acts of each month, coded.

Examples:
  sijill standing KAZ CHN
  sijill standing CHN TJK --months
  sijill standing CHN UZB --format csv > months.csv")]
pub struct Standing {
    /// A state
    #[arg(value_name = "STATE")]
    pub one: String,
    /// Another
    #[arg(value_name = "STATE")]
    pub other: String,
    /// Show the acts of each month, too
    #[arg(long)]
    pub months: bool,
    /// Show quotations in full
    #[arg(long)]
    pub full: bool,
    #[command(flatten)]
    pub desk: Desk,
}

#[derive(Args)]
#[command(after_help = "\
A check changes nothing: it names what disagrees and who says it. \"Now\" is the day of the register's latest article.

Examples:
  sijill check
  sijill check --actor CHN --lang en
  sijill check --code overdue,calendar --format csv > checks.csv")]
pub struct Check {
    /// Whom it concerns; more than one: all of them
    #[arg(long, value_name = "NAME")]
    pub actor: Vec<String>,
    /// Only these: date-disagrees, place-disagrees, participants-disagree, status-disagrees, ordinal-disagrees, ordinal-against-register, overdue, title-not-held, calendar, relation-date, level-disagrees
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    pub code: Vec<String>,
    /// How many, at most
    #[arg(long, short = 'n', value_name = "N", default_value_t = 200)]
    pub limit: usize,
    /// Show quotations in full
    #[arg(long)]
    pub full: bool,
    #[command(flatten)]
    pub desk: Desk,
}

#[derive(Args)]
#[command(after_help = "\
All words must occur, in any spelling, with or without article, prepositions and pronouns; words in quotation marks next to each other.

Examples:
  sijill search WORD WORD --actor UZB
  sijill search 'WORD \"WORDS NEXT TO EACH OTHER\"' --from 2021
  sijill search --actor Tokayev")]
pub struct Search {
    /// Words
    #[arg(value_name = "WORDS")]
    pub words: Vec<String>,
    /// Who must occur; more than one: all of them
    #[arg(long, value_name = "NAME")]
    pub actor: Vec<String>,
    #[command(flatten)]
    pub days: Days,
    /// How many articles, at most
    #[arg(long, short = 'n', value_name = "N", default_value_t = 20)]
    pub limit: usize,
    /// Go on after this key, which the page before gave
    #[arg(long, value_name = "KEY")]
    pub after: Option<String>,
    #[command(flatten)]
    pub desk: Desk,
}

#[derive(Args)]
pub struct Lexicon {
    #[command(subcommand)]
    pub command: LexiconCommand,
}

#[derive(Subcommand)]
pub enum LexiconCommand {
    /// Run the examples and counter-examples of the entries
    Test(LexiconTest),
    /// Write the skeleton of an entry to standard output
    #[command(after_help = "Examples:\n  sijill lexicon new frame > my-lexicon/frames/new.toml\n  sijill lexicon new person >> my-lexicon/actors/people.toml")]
    New(LexiconNew),
    /// Print an entry as it stands, with file and line
    #[command(after_help = "Examples:\n  sijill lexicon show frame:istaqbala-receive\n  sijill lexicon show KAZ\n  sijill lexicon show akkada")]
    Show(LexiconShow),
    /// Count the entries of each table
    #[command(after_help = "Examples:\n  sijill lexicon stats\n  sijill lexicon stats --lexicon my-lexicon")]
    Stats(LexiconStats),
}

#[derive(Args)]
#[command(after_help = "\
Each example runs as it stands, moved inside a longer text, with diacritics and tatweel, with hamzas left out, and with Arabic-Indic digits.

Examples:
  sijill lexicon test                                   all entries
  sijill lexicon test lexicon/frames/visit.toml         the entries of a file or folder
  sijill lexicon test my-lexicon                        your own entries, with the whole lexicon
  sijill lexicon test --id frame:istaqbala-receive
  sijill lexicon test --accept                          write the failures of today to the baseline")]
pub struct LexiconTest {
    /// A lexicon file or folder; its entries alone are tested, with the whole lexicon around them
    #[arg(value_name = "PATH")]
    pub path: Option<PathBuf>,
    /// A folder of your own entries, added to the lexicon
    #[arg(long, value_name = "DIR")]
    pub lexicon: Vec<PathBuf>,
    /// Only this entry
    #[arg(long, value_name = "ID")]
    pub id: Option<String>,
    /// Print a summary as JSON
    #[arg(long)]
    pub json: bool,
    /// Failures that are known: with it, only others fail the test
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Write the failures to the baseline [default file: crates/extract/tests/known_failures.txt]
    #[arg(long, conflicts_with_all = ["path", "id"])]
    pub accept: bool,
    /// How many failures to show
    #[arg(long, value_name = "N", default_value_t = 40)]
    pub show: usize,
}

#[derive(Args)]
pub struct LexiconNew {
    /// What to write
    #[arg(value_enum)]
    pub what: Skeleton,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Skeleton {
    Frame,
    Speech,
    Title,
    Person,
}

#[derive(Args)]
pub struct LexiconShow {
    /// frame:ID, speech:ID, …, or the ID alone
    #[arg(value_name = "ID")]
    pub id: String,
    /// A folder of your own entries, added to the lexicon
    #[arg(long, value_name = "DIR")]
    pub lexicon: Vec<PathBuf>,
}

#[derive(Args)]
pub struct LexiconStats {
    /// A folder of your own entries, added to the lexicon
    #[arg(long, value_name = "DIR")]
    pub lexicon: Vec<PathBuf>,
}

#[derive(Args)]
#[command(after_help = "\
GOLD holds ID.json (section 8 of the standard), TEXT holds ID.txt. A record belongs to a gold article when its id is ID, ID.txt or a path
that ends in it. Without --pred the engine reads the texts; --meta gives it the dates and outlets of a JSONL file,
else TEXT/published.toml the dates (ID = DATE).

Examples:
  sijill eval --gold gold --text articles
  sijill eval --gold gold --text articles --meta articles/articles.jsonl --per-doc
  sijill eval --gold gold --text articles --pred records.jsonl --errors
  sijill eval --pairs samples/pairs/articles.toml --errors")]
pub struct Eval {
    /// Folder of gold records
    #[arg(long, value_name = "DIR", required_unless_present = "pairs")]
    pub gold: Option<PathBuf>,
    /// Folder of the texts
    #[arg(long, value_name = "DIR", required_unless_present = "pairs")]
    pub text: Option<PathBuf>,
    /// Score resolution instead: a TOML file of articles, each with its events and the text of which it is a print
    #[arg(long, value_name = "FILE", conflicts_with_all = ["gold", "text", "pred", "meta", "per_doc", "parts"])]
    pub pairs: Option<PathBuf>,
    /// Records to score, one a line; without it the engine makes them
    #[arg(long, value_name = "FILE")]
    pub pred: Option<PathBuf>,
    /// JSONL file with `id` and, if known, `published` and `outlet` of the texts; without it, `published.toml` in the folder of
    /// the texts is taken, if there is one
    #[arg(long, value_name = "FILE", conflicts_with = "pred")]
    pub meta: Option<PathBuf>,
    /// A folder of your own entries, added to the lexicon
    #[arg(long, value_name = "DIR", conflicts_with = "pred")]
    pub lexicon: Vec<PathBuf>,
    /// List what was missed and what was given too much
    #[arg(long)]
    pub errors: bool,
    /// The record figure of each article
    #[arg(long)]
    pub per_doc: bool,
    /// Also the figures of the parts: entities by type, statements by force, events by kind
    #[arg(long)]
    pub parts: bool,
    /// Print the figures as JSON
    #[arg(long)]
    pub json: bool,
}

#[cfg(feature = "serve")]
#[derive(Args)]
#[command(after_help = "\
Without --register the sources are read into a register that lasts as long as the desk; without sources ./sijill.db is opened.
Only this machine can reach the desk, unless --bind says otherwise.

Examples:
  sijill serve samples
  sijill serve --register news.db --port 8080
  sijill serve archive/ --register news.db        add to the register first, then open it")]
pub struct Serve {
    /// Articles to add before the desk opens: files, folders, or - for standard input
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// The register, an SQLite file [default: sijill.db, or a temporary one for sources]
    #[arg(long, value_name = "FILE")]
    pub register: Option<PathBuf>,
    /// Port; 0 takes a free one
    #[arg(long, value_name = "N", default_value_t = 7007)]
    pub port: u16,
    /// Address to listen at; 0.0.0.0 lets other machines in
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    pub bind: std::net::IpAddr,
    /// A folder of your own entries, added to the lexicon
    #[arg(long, value_name = "DIR")]
    pub lexicon: Vec<PathBuf>,
    /// File with the token that lets programs add articles; or in the variable SIJILL_TOKEN [default: none, nobody may]
    #[arg(long, value_name = "FILE")]
    pub token_file: Option<PathBuf>,
    /// A web page's origin that may ask the API, like https://example.org; * is not taken
    #[arg(long, value_name = "ORIGIN")]
    pub cors: Vec<String>,
    /// A name under which the desk is asked besides those of this machine, as behind a proxy
    #[arg(long, value_name = "NAME")]
    pub host: Vec<String>,
    /// Questions a second from one address of another machine; 0 for any number [default: 50]
    #[arg(long, value_name = "N")]
    pub rate: Option<u32>,
    #[command(flatten)]
    pub fields: Fields,
}

#[derive(Args)]
#[command(after_help = "\
An assistant's program starts it and speaks to it on standard input and output; see docs/api.md for what to put into its configuration.
Needs a program that was built with `--features mcp`.")]
pub struct Mcp {
    /// The register, an SQLite file
    #[arg(long, value_name = "FILE", default_value = "sijill.db")]
    pub register: PathBuf,
    /// A folder of your own entries, added to the lexicon
    #[arg(long, value_name = "DIR")]
    pub lexicon: Vec<PathBuf>,
}

#[derive(Args)]
pub struct Completions {
    #[arg(value_enum)]
    pub shell: clap_complete::Shell,
}

/// Year, month or day, as far as it goes. A time of day after it is taken too.
fn date(s: &str) -> Result<String, String> {
    let day = s.split(['T', ' ']).next().unwrap_or(s);
    let parts: Vec<&str> = day.split('-').collect();
    let digits = |p: &str, n: usize| p.len() == n && p.bytes().all(|b| b.is_ascii_digit());
    let within = |p: &str, top: u8| digits(p, 2) && p.parse::<u8>().is_ok_and(|v| (1..=top).contains(&v));
    let good = match parts.as_slice() {
        [y] => digits(y, 4),
        [y, m] => digits(y, 4) && within(m, 12),
        [y, m, d] => digits(y, 4) && within(m, 12) && within(d, 31),
        _ => false,
    };
    if good { Ok(s.to_owned()) } else { Err(format!("expected a date like 2024-07-02, found {s:?}")) }
}
