//! What benches ask.

/// What people ask, well and badly typed.
pub(crate) const QUESTIONS: [&str; 8] = [
    "Đăng ký khai sinh cho con cần giấy tờ gì?",
    "dang ky tam tru het bao nhieu tien",
    "Chứng thực bản sao từ bản chính ở đâu?",
    "mat so do lam lai the nao",
    "Đăng ký kết hôn mất mấy ngày?",
    "xin giay xac nhan tinh trang hon nhan",
    "Thành lập hộ kinh doanh cần hồ sơ gì?",
    "Hưởng trợ cấp hưu trí xã hội cần điều kiện gì?",
];
