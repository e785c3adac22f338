use std::sync::Arc;

use candle_core::{
    Device, Tensor,
    quantized::{GgmlDType, QTensor},
};
use proptest::prelude::*;

use super::{Format, Input, Matrix, multiply};

const ALL: [GgmlDType; 10] = [
    GgmlDType::F32,
    GgmlDType::F16,
    GgmlDType::Q4_0,
    GgmlDType::Q4_1,
    GgmlDType::Q5_0,
    GgmlDType::Q5_1,
    GgmlDType::Q8_0,
    GgmlDType::Q4K,
    GgmlDType::Q5K,
    GgmlDType::Q6K,
];

/// Numbers that look random and are the same every time.
fn numbers(count: usize, seed: u64) -> Vec<f32> {
    let mut state = seed;
    let mut next = || {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 40) as f32 / (1_u64 << 23) as f32 - 1.0
    };
    (0..count).map(|_| next() + next() * next()).collect()
}

/// A matrix in a format, and the plain numbers it stands for as candle reads them.
fn matrix(named: GgmlDType, rows: usize, width: usize) -> (Matrix, Vec<f32>) {
    let cpu = &Device::Cpu;
    let plain = Tensor::from_vec(numbers(rows * width, 7), (rows, width), cpu).expect("tensor");
    let packed = QTensor::quantize(&plain, named).expect("packed");
    let bytes = Arc::new(packed.data().expect("bytes").into_owned());
    let unpacked = packed.dequantize(cpu).and_then(|t| t.flatten_all()?.to_vec1()).expect("plain");
    let format = Format::of(named).expect("a format");
    (Matrix::new(&bytes, 0, format, rows, width).expect("fits"), unpacked)
}

#[test]
fn rows_unpack_as_candle_unpacks_them() {
    for named in ALL {
        let (matrix, plain) = matrix(named, 3, 512);
        let mut row = vec![0.0; 512];
        for at in 0..3 {
            matrix.row(at, &mut row);
            for (ours, theirs) in row.iter().zip(&plain[at * 512..]) {
                assert!(
                    (ours - theirs).abs() <= 1e-5 * theirs.abs().max(0.1),
                    "{named:?}: {ours} {theirs}"
                );
            }
        }
    }
}

#[test]
fn products_are_those_of_plain_numbers_up_to_rounding() {
    for named in ALL {
        // Two rows beyond whole groups.
        let (matrix, plain) = matrix(named, 26, 512);
        let tokens = numbers(5 * 512, 3);
        let [ours] = multiply([&matrix], &Input::new(&tokens, 512));
        let size = |row: &[f32]| row.iter().map(|x| x * x).sum::<f32>().sqrt();
        for (token, ours) in tokens.chunks(512).zip(ours.chunks(26)) {
            for (row, ours) in plain.chunks(512).zip(ours) {
                let exact: f64 =
                    row.iter().zip(token).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum();
                let off = (f64::from(*ours) - exact).abs();
                assert!(
                    off < 6e-3 * f64::from(size(row) * size(token)),
                    "{named:?}: {ours} {exact}"
                );
            }
        }
    }
}

#[test]
fn a_token_gets_the_same_bits_in_whatever_company() {
    for named in ALL {
        let (matrix, _) = matrix(named, 24, 768);
        let tokens = numbers(23 * 768, 5);
        let alone: Vec<f32> = tokens
            .chunks(768)
            .flat_map(|token| {
                let [out] = multiply([&matrix], &Input::new(token, 768));
                out
            })
            .collect();
        for many in [2, 3, 4, 7, 15, 16, 23] {
            let [together] = multiply([&matrix], &Input::new(&tokens[..many * 768], 768));
            assert_eq!(together, alone[..many * 24], "{named:?}, {many} tokens");
        }
    }
}

#[test]
fn the_largest_numbers_do_not_overflow() {
    for named in [GgmlDType::Q4K, GgmlDType::Q5K, GgmlDType::Q6K, GgmlDType::Q8_0] {
        let (rows, width) = (8, 256);
        let plain: Vec<f32> =
            (0..rows * width).map(|at| if at % 16 == 0 { -1.0 } else { 1.0 }).collect();
        let plain = Tensor::from_vec(plain, (rows, width), &Device::Cpu).expect("tensor");
        let packed = QTensor::quantize(&plain, named).expect("packed");
        let bytes = Arc::new(packed.data().expect("bytes").into_owned());
        let matrix =
            Matrix::new(&bytes, 0, Format::of(named).expect("format"), rows, width).expect("fits");
        for many in [1, 16] {
            let tokens = vec![127.0; many * width];
            let [out] = multiply([&matrix], &Input::new(&tokens, width));
            let exact = 127.0 * 256.0 * (15.0 - 1.0) / 16.0;
            assert!(out.iter().all(|n| (n - exact).abs() < 0.02 * exact), "{named:?} {out:?}");
        }
    }
}

proptest! {
    #[test]
    fn a_matrix_never_reaches_beyond_its_file(start in 0_usize..400, rows in 0_usize..20, width in 0_usize..600) {
        let file = Arc::new(vec![0_u8; 1000]);
        if let Some(matrix) = Matrix::new(&file, start, Format::Q4_0, rows, width) {
            let tokens = vec![1.0; width];
            let [out] = multiply([&matrix], &Input::new(&tokens, width));
            prop_assert_eq!(out.len(), rows);
        }
    }
}
