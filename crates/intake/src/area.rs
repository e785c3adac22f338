//! Boxes on a page, in pixels.

use motcua_domain as domain;

/// A box on the page, in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Area {
    pub(crate) left: u32,
    pub(crate) top: u32,
    pub(crate) width: u32,
    pub(crate) height: u32,
}

impl Area {
    /// The box with so much more on each side.
    pub(crate) fn grown(self, by: u32) -> Self {
        Self {
            left: self.left.saturating_sub(by),
            top: self.top.saturating_sub(by),
            width: self.width.saturating_add(by.saturating_mul(2)),
            height: self.height.saturating_add(by.saturating_mul(2)),
        }
    }

    /// The box around both.
    pub(crate) fn with(self, other: Self) -> Self {
        let (left, top) = (self.left.min(other.left), self.top.min(other.top));
        let end = |start: u32, length: u32| start.saturating_add(length);
        let right = end(self.left, self.width).max(end(other.left, other.width));
        let bottom = end(self.top, self.height).max(end(other.top, other.height));
        Self { left, top, width: right.saturating_sub(left), height: bottom.saturating_sub(top) }
    }

    /// In shares of a page; none where the page has no size.
    pub(crate) fn shares(self, (width, height): (u32, u32)) -> Option<domain::Area> {
        let share = |part: u32, whole: u32| (part as f32 / whole as f32).clamp(0.0, 1.0);
        (width > 0 && height > 0).then(|| domain::Area {
            left: share(self.left, width),
            top: share(self.top, height),
            width: share(self.width, width),
            height: share(self.height, height),
        })
    }

    pub(crate) fn holds(self, x: u32, y: u32) -> bool {
        x.checked_sub(self.left).is_some_and(|x| x < self.width)
            && y.checked_sub(self.top).is_some_and(|y| y < self.height)
    }

    /// Its pixels, row by row.
    pub(crate) fn pixels(self) -> impl Iterator<Item = (u32, u32)> {
        let columns = self.left..self.left.saturating_add(self.width);
        (self.top..self.top.saturating_add(self.height))
            .flat_map(move |y| columns.clone().map(move |x| (x, y)))
    }
}
