//! Map files: what is saved reads back, one change is one line, and what is broken is shown.

mod broken;
mod codes;
mod disk;
mod fuzz;
mod same;
