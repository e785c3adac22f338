//! Both ways give the same bits.

use proptest::{array::uniform8, array::uniform16, array::uniform32, prelude::*};

use super::{avx2, portable};

proptest! {
    #[test]
    fn integers(a in uniform32(any::<u8>()), b in uniform32(any::<u8>())) {
        let fast = (avx2::Int::bytes(a), avx2::Int::bytes(b));
        let plain = (portable::Int::bytes(a), portable::Int::bytes(b));
        macro_rules! same {
            ($($operation:ident),*) => {$(
                prop_assert_eq!(fast.0.$operation(fast.1).to_bytes(), plain.0.$operation(plain.1).to_bytes());
            )*};
        }
        same!(and, or, times_bytes, times_words, plus_words, plus);
        // A size of 128 does not exist in signed bytes; no kernel has one.
        if !a.contains(&0x80) {
            prop_assert_eq!(fast.0.signed_as(fast.1).to_bytes(), plain.0.signed_as(plain.1).to_bytes());
            prop_assert_eq!(fast.0.size_bytes().to_bytes(), plain.0.size_bytes().to_bytes());
        }
        prop_assert_eq!(fast.0.down::<3>().to_bytes(), plain.0.down::<3>().to_bytes());
        prop_assert_eq!(fast.0.up::<5>().to_bytes(), plain.0.up::<5>().to_bytes());
        let (f, p) = (fast.0.plus(fast.1), plain.0.plus(plain.1));
        let sums = avx2::Int::sums([fast.0, fast.1, f, fast.0]);
        let right = portable::Int::sums([plain.0, plain.1, p, plain.0]);
        prop_assert_eq!(sums.map(f32::to_bits), right.map(f32::to_bits));
        let sums = avx2::Int::two_sums(fast.0, f);
        let right = portable::Int::two_sums(plain.0, p);
        prop_assert_eq!(sums.map(f32::to_bits), right.map(f32::to_bits));
        let picked = (fast.0.word_of_halves::<3>(), plain.0.word_of_halves::<3>());
        prop_assert_eq!(picked.0.to_bytes(), picked.1.to_bytes());
        prop_assert_eq!(fast.0.to_float().to_array().map(f32::to_bits), plain.0.to_float().to_array().map(f32::to_bits));
    }

    #[test]
    fn numbers(a in uniform8(-1e3_f32..1e3), b in uniform8(-1e3_f32..1e3), c in uniform8(-1e3_f32..1e3)) {
        let fast = (avx2::Float::new(a), avx2::Float::new(b), avx2::Float::new(c));
        let plain = (portable::Float::new(a), portable::Float::new(b), portable::Float::new(c));
        prop_assert_eq!(fast.0.times(fast.1).to_array().map(f32::to_bits), plain.0.times(plain.1).to_array().map(f32::to_bits));
        prop_assert_eq!(fast.0.plus(fast.1).to_array().map(f32::to_bits), plain.0.plus(plain.1).to_array().map(f32::to_bits));
        let both = (fast.0.times_plus(fast.1, fast.2), plain.0.times_plus(plain.1, plain.2));
        prop_assert_eq!(both.0.to_array().map(f32::to_bits), both.1.to_array().map(f32::to_bits));
        prop_assert_eq!(fast.0.sum().to_bits(), plain.0.sum().to_bits());
    }

    #[test]
    fn halves(bytes in uniform16(any::<u8>()), places in uniform16(0_u8..16)) {
        let (fast, plain) = (avx2::Half::bytes(bytes), portable::Half::bytes(bytes));
        prop_assert_eq!(fast.pick(places).to_bytes(), plain.pick(places).to_bytes());
        prop_assert_eq!(fast.to_words().to_words(), plain.to_words().to_words());
    }

    #[test]
    fn splats(byte in any::<i8>(), word in any::<i16>(), number in any::<i32>()) {
        prop_assert_eq!(avx2::Int::splat_byte(byte).to_bytes(), portable::Int::splat_byte(byte).to_bytes());
        prop_assert_eq!(avx2::Int::splat_word(word).to_bytes(), portable::Int::splat_word(word).to_bytes());
        prop_assert_eq!(avx2::Int::splat(number).to_bytes(), portable::Int::splat(number).to_bytes());
        prop_assert_eq!(avx2::Int::zero().to_bytes(), portable::Int::zero().to_bytes());
        prop_assert_eq!(avx2::Float::zero().to_array().map(f32::to_bits), portable::Float::zero().to_array().map(f32::to_bits));
        let (fast, plain) = (avx2::Float::splat(f32::from(word)), portable::Float::splat(f32::from(word)));
        prop_assert_eq!(fast.to_array().map(f32::to_bits), plain.to_array().map(f32::to_bits));
    }
}
