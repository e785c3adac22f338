use std::{num::NonZero, thread, time::Duration};

use serde::{Deserialize, Serialize};

/// What one upload may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// The largest file, in bytes.
    pub max_file_bytes: u64,
    /// The most pages of one upload, all files of an archive together.
    pub max_pages: usize,
    /// The most characters of a line; a longer one becomes several.
    pub max_line_chars: usize,
    /// The most lines of a page.
    pub max_page_lines: usize,
    /// The most characters of one upload, all files of an archive together; a line counts as twenty at least.
    pub max_chars: usize,
    /// The most bytes an archive may unpack to.
    pub max_archive_bytes: u64,
    /// The most entries of an archive, folders included.
    pub max_archive_entries: usize,
    /// The most pixels of one picture.
    pub max_pixels: u64,
    /// How long one upload may take before its pages are counted.
    pub wall_time: Duration,
    /// How much longer for each page found, recognition included.
    pub page_time: Duration,
    /// How long an upload waits for a free place among [`Self::at_once`].
    pub wait_time: Duration,
    /// Address space of the child and of each tool that it starts, in bytes.
    pub address_space: u64,
    /// How many uploads are read at once.
    pub at_once: usize,
}

impl Default for Limits {
    /// A counter's scanner makes pages of about a megabyte, and recognition takes one to five
    /// seconds a page on one core, so these leave room without letting one upload hold a core for
    /// long.
    fn default() -> Self {
        Self {
            max_file_bytes: 50 << 20,
            max_pages: 200,
            // Few paragraphs are longer, and what is folded in two is not found as one; but rules that hold words of
            // a line against each other take twice as long for lines twice as long.
            max_line_chars: 1_000,
            // A list of households, or a Word file of a hundred pages whose breaks nobody marked, is one page.
            max_page_lines: 10_000,
            // A page set closely has 4,000, so this is what 200 pages or 50,000 short lines have.
            max_chars: 1_000_000,
            max_archive_bytes: 200 << 20,
            max_archive_entries: 500,
            // A3 at 600 dpi is 70 million.
            max_pixels: 100_000_000,
            wall_time: Duration::from_mins(1),
            page_time: Duration::from_secs(10),
            wait_time: Duration::from_mins(1),
            address_space: 1_536 << 20,
            at_once: thread::available_parallelism().map_or(1, NonZero::get),
        }
    }
}
