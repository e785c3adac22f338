use std::{ops::Range, sync::Arc};

use rayon::prelude::*;

use super::{
    Format, Input,
    narrow::{self, NarrowFormat, Q4_0, Q4_1, Q5_0, Q5_1, Q8_0},
    panel::{Panel, ROWS},
    plain,
    wide::{self, Q4K, Q5K, Q6K, WideFormat},
};

/// From so many tokens on, rows are woven into panels first.
const PANEL_FROM: usize = 16;
/// About so many bytes of weights are one task of a single token: some ten microseconds.
const TASK_BYTES: usize = 1 << 17;

/// A matrix inside a file that is held in memory.
pub(crate) struct Matrix {
    file: Arc<Vec<u8>>,
    bytes: Range<usize>,
    format: Format,
    rows: usize,
    width: usize,
}

impl Matrix {
    /// Of `rows` rows of `width` numbers from byte `start` of the file; none where it would reach
    /// beyond the file or a row would not be of whole blocks.
    pub(crate) fn new(
        file: &Arc<Vec<u8>>,
        start: usize,
        format: Format,
        rows: usize,
        width: usize,
    ) -> Option<Self> {
        if width == 0 || !width.is_multiple_of(format.block()) {
            return None;
        }
        let row_bytes = width / format.block() * format.block_bytes();
        let end = start.checked_add(rows.checked_mul(row_bytes)?)?;
        (end <= file.len()).then(|| Self {
            file: Arc::clone(file),
            bytes: start..end,
            format,
            rows,
            width,
        })
    }

    pub(crate) fn rows(&self) -> usize {
        self.rows
    }

    pub(crate) fn width(&self) -> usize {
        self.width
    }

    fn row_bytes(&self) -> usize {
        self.width / self.format.block() * self.format.block_bytes()
    }

    fn bytes_of(&self, rows: Range<usize>) -> &[u8] {
        let row = self.row_bytes();
        &self.file[self.bytes.clone()][rows.start * row..rows.end * row]
    }

    /// A row as plain numbers.
    pub(crate) fn row(&self, row: usize, out: &mut [f32]) {
        let bytes = self.bytes_of(row..row + 1);
        match self.format {
            Format::F32 => plain::unpack_f32(bytes, out),
            Format::F16 => plain::unpack_f16(bytes, out),
            Format::Q4_0 => narrow::unpack_row::<18, Q4_0>(bytes, out),
            Format::Q4_1 => narrow::unpack_row::<20, Q4_1>(bytes, out),
            Format::Q5_0 => narrow::unpack_row::<22, Q5_0>(bytes, out),
            Format::Q5_1 => narrow::unpack_row::<24, Q5_1>(bytes, out),
            Format::Q8_0 => narrow::unpack_row::<34, Q8_0>(bytes, out),
            Format::Q4K => wide::unpack_row::<144, Q4K>(bytes, out),
            Format::Q5K => wide::unpack_row::<176, Q5K>(bytes, out),
            Format::Q6K => wide::unpack_row::<210, Q6K>(bytes, out),
        }
    }

    /// Some rows times the first token, the same bits as [`multiply`] finds. Meant for few.
    pub(crate) fn some_rows(&self, rows: &[u32], input: &Input<'_>) -> Vec<f32> {
        let (mut scratch, mut out) = (Scratch::default(), [0_f32; ROWS]);
        let rows = rows.iter().map(|row| *row as usize);
        rows.map(|row| {
            self.group(row..row + 1, input, &mut scratch, &mut out);
            out[0]
        })
        .collect()
    }

    /// How many groups of [`ROWS`] rows are one task.
    fn groups_per_task(&self, tokens: usize) -> usize {
        if tokens >= PANEL_FROM { 1 } else { (TASK_BYTES / ROWS / self.row_bytes()).max(1) }
    }

    /// Some groups of rows times all tokens: for each group, each token and each row of the group one number.
    fn groups(&self, first: usize, input: &Input<'_>, scratch: &mut Scratch, out: &mut [f32]) {
        for (at, out) in out.chunks_exact_mut(ROWS * input.tokens()).enumerate() {
            let start = (first + at) * ROWS;
            self.group(start..self.rows.min(start + ROWS), input, scratch, out);
        }
    }

    fn group(&self, rows: Range<usize>, input: &Input<'_>, to: &mut Scratch, out: &mut [f32]) {
        match self.format {
            Format::F32 | Format::F16 => self.plain_group(rows, input, to, out),
            Format::Q4_0 => self.narrow_group::<18, Q4_0>(rows, input, out),
            Format::Q4_1 => self.narrow_group::<20, Q4_1>(rows, input, out),
            Format::Q5_0 => self.narrow_group::<22, Q5_0>(rows, input, out),
            Format::Q5_1 => self.narrow_group::<24, Q5_1>(rows, input, out),
            Format::Q8_0 => self.narrow_group::<34, Q8_0>(rows, input, out),
            Format::Q4K => self.wide_group::<144, Q4K>(rows, input, to, out),
            Format::Q5K => self.wide_group::<176, Q5K>(rows, input, to, out),
            Format::Q6K => self.wide_group::<210, Q6K>(rows, input, to, out),
        }
    }

    fn wide_group<const BYTES: usize, F: WideFormat<BYTES>>(
        &self,
        rows: Range<usize>,
        input: &Input<'_>,
        scratch: &mut Scratch,
        out: &mut [f32],
    ) {
        let tokens = input.wide();
        let bytes = self.bytes_of(rows.clone());
        if input.tokens() >= PANEL_FROM && rows.len() == ROWS {
            scratch.panel.fill::<BYTES, F>(bytes);
            return scratch.panel.multiply::<BYTES, F>(tokens, out);
        }
        for (row, bytes) in bytes.chunks_exact(self.row_bytes()).enumerate() {
            each_row(
                tokens,
                self.width / 256,
                row,
                out,
                &Dots {
                    one: wide::dot::<BYTES, F, 1>,
                    two: wide::dot::<BYTES, F, 2>,
                    four: wide::dot::<BYTES, F, 4>,
                },
                bytes,
            );
        }
    }

    fn narrow_group<const BYTES: usize, F: NarrowFormat<BYTES>>(
        &self,
        rows: Range<usize>,
        input: &Input<'_>,
        out: &mut [f32],
    ) {
        let tokens = input.narrow();
        for (row, bytes) in self.bytes_of(rows).chunks_exact(self.row_bytes()).enumerate() {
            each_row(
                tokens,
                self.width / 32,
                row,
                out,
                &Dots {
                    one: narrow::dot::<BYTES, F, 1>,
                    two: narrow::dot::<BYTES, F, 2>,
                    four: narrow::dot::<BYTES, F, 4>,
                },
                bytes,
            );
        }
    }

    fn plain_group(
        &self,
        rows: Range<usize>,
        input: &Input<'_>,
        scratch: &mut Scratch,
        out: &mut [f32],
    ) {
        scratch.row.resize(self.width, 0.0);
        for (at, row) in rows.enumerate() {
            self.row(row, &mut scratch.row);
            for (token, out) in out.as_chunks_mut::<ROWS>().0.iter_mut().enumerate() {
                out[at] = plain::dot(&scratch.row, input.plain(token));
            }
        }
    }
}

/// A row's product with one, two and four tokens at once.
struct Dots<T> {
    one: fn(&[u8], [&[T]; 1]) -> [f32; 1],
    two: fn(&[u8], [&[T]; 2]) -> [f32; 2],
    four: fn(&[u8], [&[T]; 4]) -> [f32; 4],
}

/// One row of a group times all tokens, as many at once as there are.
fn each_row<T>(
    tokens: &[T],
    length: usize,
    row: usize,
    out: &mut [f32],
    dots: &Dots<T>,
    bytes: &[u8],
) {
    let token = |at: usize| &tokens[at * length..][..length];
    let outs = out.as_chunks_mut::<ROWS>().0;
    for at in (0..outs.len()).step_by(4) {
        match &mut outs[at..] {
            [one] => [one[row]] = (dots.one)(bytes, [token(at)]),
            [one, two] => {
                [one[row], two[row]] = (dots.two)(bytes, [token(at), token(at + 1)]);
            }
            more => {
                // Of three the last is done twice: four at once take less than two and one.
                let last = at + more.len() - 1;
                let four = std::array::from_fn(|next| token((at + next).min(last)));
                for (out, number) in more.iter_mut().zip((dots.four)(bytes, four)) {
                    out[row] = number;
                }
            }
        }
    }
}

/// Memory that a worker uses again.
#[derive(Default)]
struct Scratch {
    panel: Panel,
    row: Vec<f32>,
}

/// Multiplies several matrices by the same tokens, on all workers: one vector of numbers for each
/// matrix, token by token.
pub(crate) fn multiply<const N: usize>(matrices: [&Matrix; N], input: &Input<'_>) -> [Vec<f32>; N] {
    let tokens = input.tokens();
    let mut woven = matrices.map(|matrix| vec![0_f32; matrix.rows.div_ceil(ROWS) * ROWS * tokens]);
    // Rounded before the workers would wait for each other.
    for matrix in matrices {
        assert_eq!(matrix.width, input.width(), "a matrix and a vector of different widths");
        match matrix.format.block() {
            256 => drop(input.wide()),
            32 => drop(input.narrow()),
            _ => {}
        }
    }
    let tasks: Vec<(&Matrix, usize, &mut [f32])> = matrices
        .into_iter()
        .zip(&mut woven)
        .flat_map(|(matrix, out)| {
            let groups = matrix.groups_per_task(tokens);
            let parts = out.chunks_mut(groups * ROWS * tokens).enumerate();
            parts.map(move |(at, out)| (matrix, at * groups, out))
        })
        .collect();
    tasks.into_par_iter().for_each_init(Scratch::default, |scratch, (matrix, first, out)| {
        matrix.groups(first, input, scratch, out);
    });
    let mut at = 0;
    woven.map(|woven| {
        at += 1;
        unweave(woven, matrices[at - 1].rows, tokens)
    })
}

/// From groups of rows to tokens.
fn unweave(woven: Vec<f32>, rows: usize, tokens: usize) -> Vec<f32> {
    if tokens == 1 {
        let mut plain = woven;
        plain.truncate(rows);
        return plain;
    }
    let mut plain = vec![0_f32; rows * tokens];
    plain.par_chunks_mut(rows).enumerate().for_each(|(token, plain)| {
        for (group, out) in plain.chunks_mut(ROWS).enumerate() {
            out.copy_from_slice(&woven[(group * tokens + token) * ROWS..][..out.len()]);
        }
    });
    plain
}
