//! Stories at the command line: the program is run as people run it, and what it prints, writes and answers is read as other tools read it.

mod bad_input;
mod benchmarks;
mod measures;
mod reference;
mod returns_check;
mod schemas;
mod stage;
mod statement;
