//! Progress bars on standard error; silent where nobody watches.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use motcua_kiosk::Progress;

/// A bar for opening the kiosk.
pub(crate) struct OpeningBar(ProgressBar);

impl OpeningBar {
    pub(crate) fn new() -> Self {
        let bar = ProgressBar::new(0);
        bar.enable_steady_tick(Duration::from_millis(120));
        Self(bar)
    }

    pub(crate) fn show(&self, progress: Progress) {
        match progress {
            Progress::ReadingCorpus => {
                style(&self.0, "{spinner} {msg}");
                self.0.set_message("Đọc kho thủ tục…");
            }
            Progress::Indexing(done, all) => {
                style(&self.0, "Lập chỉ mục {bar:30} {pos}/{len}");
                self.0.set_length(all as u64);
                self.0.set_position(done as u64);
            }
        }
    }
}

impl Drop for OpeningBar {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

/// A bar for bytes.
pub(crate) fn bytes_bar(what: String) -> ProgressBar {
    let bar = ProgressBar::new(0);
    bar.set_message(what);
    style(&bar, "{msg} {bar:30} {bytes}/{total_bytes} {eta}");
    bar
}

/// A bar for things counted.
pub(crate) fn count_bar(all: usize, what: &'static str) -> ProgressBar {
    let bar = ProgressBar::new(all as u64);
    style(&bar, "{msg} {bar:30} {pos}/{len} {eta}");
    bar.set_message(what);
    bar
}

fn style(bar: &ProgressBar, template: &str) {
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
}
