//! What can be typed. The help texts are the manual.

use std::{net::SocketAddr, path::PathBuf};

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;
use motcua_domain::ProcedureCode;
use motcua_kiosk::Form;
use motcua_retrieval::evaluation::Typing;

/// Trợ lý thủ tục hành chính tại chỗ: hỏi đáp có trích dẫn, kiểm tra hồ sơ, không cần mạng
///
/// Cấu hình đọc từ motcua.toml, rồi biến môi trường MOTCUA_*, rồi tham số dòng lệnh.
/// Mã thoát: 0 tốt; 1 câu trả lời bị từ chối, hồ sơ chưa đủ hoặc cần cán bộ xem, hoặc lệnh kiểm tra
/// (doctor, corpus check, models verify) thấy chỗ sai; 2 lệnh không chạy được.
#[derive(Debug, Parser)]
#[command(name = "motcua", version, max_term_width = 100)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) common: Common,
    /// Ghi thêm nhật ký ra stderr (lặp lại để chi tiết hơn)
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub(crate) verbose: u8,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Options that every command takes.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct Common {
    /// Tệp cấu hình (mặc định: motcua.toml nếu có)
    #[arg(long, global = true, value_name = "TỆP")]
    pub(crate) config: Option<PathBuf>,
    /// Nguồn thủ tục: thư mục, tệp .json, .jsonl, .jsonl.xz; dùng được nhiều lần
    ///
    /// Kho của dự án là lớp nền, trừ khi có --corpus-only: tệp đã đối chiếu hoặc đã duyệt thắng bản nhập cùng mã.
    #[arg(long, global = true, value_name = "NGUỒN")]
    pub(crate) corpus: Vec<PathBuf>,
    /// Không dùng kho của dự án và bản trung tâm đã duyệt, ẩn, ghim; chỉ dùng các --corpus
    #[arg(long, global = true)]
    pub(crate) corpus_only: bool,
    /// Mô hình: none, default, tên mô hình viết trong `models list` (không phải mô hình nhúng), đường dẫn
    /// .gguf, hoặc hf:CHỦ/TÊN:TỆP
    #[arg(long, global = true, value_name = "MÔ_HÌNH")]
    pub(crate) model: Option<String>,
    /// Máy chủ mô hình của trung tâm (kiểu OpenAI), ví dụ http://10.0.0.5:8000
    ///
    /// Máy chủ không trả lời thì --model viết thay; không có nữa thì trả lời bằng trích dẫn.
    /// Khóa đặt trong biến MOTCUA_REMOTE_KEY, hoặc trong tệp nêu ở remote-key-file.
    #[arg(long, global = true, value_name = "ĐỊA_CHỈ")]
    pub(crate) remote_model: Option<String>,
    /// Tên mô hình trên máy chủ đó (mặc định: mô hình đầu tiên máy chủ nêu)
    #[arg(long, global = true, value_name = "TÊN")]
    pub(crate) remote_name: Option<String>,
    /// Mô hình nhúng để tìm theo nghĩa: none, default (serve tải về nếu chưa có), hoặc đường dẫn tệp
    #[arg(long, global = true, value_name = "MÔ_HÌNH")]
    pub(crate) embedder: Option<String>,
    /// Tỉnh của ki-ốt, ví dụ "Phú Thọ"
    #[arg(long, global = true, value_name = "TỈNH")]
    pub(crate) province: Option<String>,
    /// Thư mục lưu chỉ mục (mặc định: thư mục cache của người dùng)
    #[arg(long, global = true, value_name = "THƯ_MỤC")]
    pub(crate) cache: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Chạy trang ki-ốt và API
    Serve {
        /// Địa chỉ lắng nghe (mặc định 127.0.0.1:8080)
        #[arg(long, value_name = "ĐỊA_CHỈ")]
        listen: Option<SocketAddr>,
        /// Địa chỉ mà điện thoại mở được máy chủ này, ví dụ https://motcua.example.gov.vn
        ///
        /// Mã QR dẫn tới địa chỉ này. Không đặt thì lấy địa chỉ mà trang được mở; trang mở bằng
        /// 127.0.0.1 không hiện mã QR, vì điện thoại không mở được.
        #[arg(long, value_name = "ĐỊA_CHỈ")]
        address: Option<String>,
    },
    /// Hỏi một câu
    Ask {
        /// Câu hỏi, có dấu hay không dấu đều được
        #[arg(value_name = "CÂU_HỎI")]
        question: String,
        /// In JSON
        #[arg(long)]
        json: bool,
        /// Thủ tục đang nói tới; câu hỏi chuyển sang việc khác thì trả lời việc đó
        #[arg(long, value_name = "MÃ")]
        procedure: Option<ProcedureCode>,
        /// Người hỏi
        #[arg(long, value_enum, value_name = "AI", default_value_t = AudienceWord::Citizen)]
        audience: AudienceWord,
    },
    /// Tìm thủ tục
    Search {
        /// Từ khóa
        #[arg(value_name = "TỪ_KHÓA")]
        text: String,
        /// In JSON
        #[arg(long)]
        json: bool,
        /// Số kết quả
        #[arg(long, default_value_t = 10)]
        limit: usize,
    },
    /// Xem một thủ tục
    Procedure {
        /// Mã, ví dụ 1.001193
        #[arg(value_name = "MÃ")]
        code: ProcedureCode,
        /// Bản có hiệu lực vào ngày này thay vì hôm nay, khi kho có nhiều bản
        #[arg(long, value_name = "NĂM-THÁNG-NGÀY")]
        on: Option<Date>,
        /// In JSON
        #[arg(long)]
        json: bool,
    },
    /// Kiểm tra một bộ hồ sơ
    Check(CheckArguments),
    /// Lập phiếu in từ kết quả `check --json`: 01 tiếp nhận, 02 bổ sung, 03 từ chối
    Letter(LetterArguments),
    /// Kho thủ tục: kiểm tra, nhập, xem bản biên dịch
    #[command(subcommand)]
    Corpus(CorpusCommand),
    /// Chỉ mục tìm kiếm
    #[command(subcommand)]
    Index(IndexCommand),
    /// Mô hình ngôn ngữ: liệt kê, tải, xác minh, đọc trước
    #[command(subcommand)]
    Models(ModelsCommand),
    /// Tài khoản của quầy tiếp nhận (/counter): thêm, liệt kê, đặt lại mật khẩu
    #[command(subcommand)]
    Officials(OfficialsCommand),
    /// Kho hồ sơ, quyết định, thống kê: sao lưu, phục hồi, xuất, xóa
    #[command(subcommand)]
    Data(DataCommand),
    /// Đo chất lượng trên bộ câu hỏi và hồ sơ mẫu
    #[command(subcommand)]
    Eval(EvalCommand),
    /// Đo tốc độ
    #[command(subcommand)]
    Bench(BenchCommand),
    /// Xem máy này có đủ gì, thiếu gì, và lệnh để bổ sung
    Doctor,
    /// Tiến trình con đọc tệp; không gọi trực tiếp
    #[command(hide = true)]
    IntakeWorker,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum AudienceWord {
    /// Người dân
    Citizen,
    /// Cán bộ: điều được hỏi kèm căn cứ pháp lý
    Official,
}

#[derive(Debug, Args)]
pub(crate) struct CheckArguments {
    /// Mã thủ tục
    #[arg(long, value_name = "MÃ")]
    pub(crate) procedure: ProcedureCode,
    /// Trả lời câu hỏi về trường hợp; dùng được nhiều lần
    #[arg(long = "answer", value_name = "KHÓA=GIÁ_TRỊ", value_parser = pair)]
    pub(crate) answers: Vec<(String, String)>,
    /// Ghi nhận của cán bộ bằng lời, ví dụ "Ủy quyền=không"; dùng được nhiều lần
    #[arg(long = "fact", value_name = "LỜI=LỜI", value_parser = pair)]
    pub(crate) facts: Vec<(String, String)>,
    /// Ngày tiếp nhận (mặc định hôm nay); thời hạn giá trị của giấy tờ tính theo ngày này
    #[arg(long, value_name = "NĂM-THÁNG-NGÀY")]
    pub(crate) received_on: Option<Date>,
    /// In JSON
    #[arg(long)]
    pub(crate) json: bool,
    /// Các tệp của hồ sơ: PDF, Word, Excel (.xlsx), ảnh, văn bản thuần, ZIP
    #[arg(value_name = "TỆP")]
    pub(crate) files: Vec<PathBuf>,
}

/// Tên, số, ngày hẹn và chữ ký để trống cho người viết; mẫu và phông riêng đặt ở khóa `letters`.
#[derive(Debug, Args)]
pub(crate) struct LetterArguments {
    /// Số phiếu: 01 tiếp nhận và hẹn trả, 02 yêu cầu bổ sung, 03 từ chối
    #[arg(value_name = "PHIẾU")]
    pub(crate) form: Form,
    /// Kết quả của `motcua check --json`; `-` là đọc từ đầu vào chuẩn
    #[arg(long, value_name = "TỆP")]
    pub(crate) report: PathBuf,
    /// Tệp PDF ghi ra
    #[arg(long, value_name = "TỆP")]
    pub(crate) out: PathBuf,
    /// Lý do bằng lời của cán bộ; cần cho phiếu 01 khi hồ sơ chưa đủ, cho phiếu 02 và 03 khi kết quả không nêu gì
    #[arg(long, value_name = "LỜI")]
    pub(crate) reason: Option<String>,
    /// Số của phiếu trong sổ
    #[arg(long, value_name = "SỐ")]
    pub(crate) number: Option<String>,
    /// Người hoặc tổ chức nộp hồ sơ
    #[arg(long, value_name = "TÊN")]
    pub(crate) applicant: Option<String>,
    /// Địa chỉ người nộp
    #[arg(long, value_name = "ĐỊA_CHỈ")]
    pub(crate) address: Option<String>,
    /// Điện thoại người nộp
    #[arg(long, value_name = "SỐ")]
    pub(crate) phone: Option<String>,
    /// Thư điện tử người nộp
    #[arg(long, value_name = "THƯ")]
    pub(crate) email: Option<String>,
    /// Ngày ghi trên phiếu (mặc định ngày tiếp nhận)
    #[arg(long, value_name = "NĂM-THÁNG-NGÀY")]
    pub(crate) dated: Option<Date>,
}

/// Mật khẩu không bao giờ là tham số: tham số ai trên máy cũng đọc được.
#[derive(Debug, Subcommand)]
pub(crate) enum OfficialsCommand {
    /// Thêm tài khoản; mật khẩu đầu tiên được tạo ngẫu nhiên và in ra một lần
    Add {
        /// Tên đăng nhập: chữ thường không dấu, chữ số, `.`, `_`, `-`
        login: String,
        /// Họ tên, hiện trên phiếu và diễn biến (mặc định: tên đăng nhập)
        #[arg(long, value_name = "HỌ_TÊN")]
        name: Option<String>,
        /// Quyền
        #[arg(long, value_enum, default_value_t = RoleWord::Official)]
        role: RoleWord,
        /// Đọc mật khẩu từ đầu vào chuẩn thay vì tạo ngẫu nhiên
        #[arg(long)]
        password_stdin: bool,
    },
    /// Liệt kê tài khoản
    List {
        /// In JSON
        #[arg(long)]
        json: bool,
    },
    /// Đặt lại mật khẩu và mở khóa một tài khoản
    Reset {
        /// Tên đăng nhập
        login: String,
        /// Đọc mật khẩu từ đầu vào chuẩn thay vì tạo ngẫu nhiên
        #[arg(long)]
        password_stdin: bool,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum RoleWord {
    /// Tiếp nhận hồ sơ
    Official,
    /// Xem thống kê, xóa hồ sơ theo yêu cầu
    Supervisor,
    /// Đặt tài khoản, duyệt kho thủ tục
    Admin,
}

#[derive(Debug, Subcommand)]
pub(crate) enum DataCommand {
    /// Sao lưu kho vào một thư mục mới; máy chủ vẫn chạy
    Backup {
        /// Thư mục ghi ra
        folder: PathBuf,
    },
    /// Phục hồi từ một bản sao lưu; máy chủ phải dừng trước
    Restore {
        /// Thư mục của bản sao lưu
        folder: PathBuf,
        /// Thay kho đang có; kho cũ được giữ bên cạnh với tên mới
        #[arg(long)]
        replace: bool,
    },
    /// Xuất hồ sơ (không kèm nội dung giấy tờ), quyết định trên các hồ sơ đó và nhật ký ra JSON, mỗi dòng một mục
    Export {
        /// Tệp ghi ra; `-` là đầu ra chuẩn
        #[arg(long, value_name = "TỆP", default_value = "-")]
        out: PathBuf,
        /// Chép cả ảnh các trang giấy vào thư mục này (có thông tin cá nhân)
        #[arg(long, value_name = "THƯ MỤC")]
        pages: Option<PathBuf>,
    },
    /// Xóa thông tin cá nhân của một hồ sơ, theo yêu cầu của người có thông tin
    Erase {
        /// Mã hồ sơ, ví dụ HS-7K2M9QXA
        code: String,
    },
    /// Xóa thông tin cá nhân của những hồ sơ đã lâu không có gì mới
    Prune {
        /// Giữ bao nhiêu ngày (mặc định: khóa `keep-cases-days`)
        #[arg(long, value_name = "NGÀY")]
        days: Option<u32>,
    },
}

fn pair(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((left, right)) if !left.trim().is_empty() => {
            Ok((left.trim().to_owned(), right.trim().to_owned()))
        }
        _ => Err("viết dạng TRÁI=PHẢI".to_owned()),
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum CorpusCommand {
    /// Kiểm tra mọi tệp thủ tục và báo hết lỗi một lần
    Check {
        /// Thư mục hoặc một tệp (mặc định: kho của dự án)
        path: Option<PathBuf>,
    },
    /// Nhập bản ghi của cổng thành tệp thủ tục (bản nháp) để đối chiếu
    Import {
        /// Tệp .json, .jsonl hoặc .jsonl.xz
        source: PathBuf,
        /// Thư mục ghi ra; tệp đã có không bị ghi đè
        #[arg(long, value_name = "THƯ_MỤC")]
        out: PathBuf,
        /// Chỉ nhập mã này
        #[arg(long, value_name = "MÃ")]
        procedure: Option<ProcedureCode>,
    },
    /// Hiện từng dòng thành phần hồ sơ cạnh yêu cầu mà máy đọc ra từ dòng đó
    Compile {
        /// Chỉ thủ tục này
        #[arg(long, value_name = "MÃ")]
        procedure: Option<ProcedureCode>,
        /// Ghi bản nháp của thủ tục đó vào đây để đối chiếu và duyệt; không đè tệp đã có, và không ghi khi có --json
        #[arg(long, value_name = "THƯ_MỤC", requires = "procedure")]
        out: Option<PathBuf>,
        /// In JSON, mỗi dòng một hàng
        #[arg(long)]
        json: bool,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum IndexCommand {
    /// Lập chỉ mục, in số lượng và thời gian
    Build,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ModelsCommand {
    /// Liệt kê
    List,
    /// Tải về (có thể chạy lại để tải tiếp)
    Fetch {
        /// Tên (mặc định: mô hình viết và mô hình nhúng mặc định)
        name: Option<String>,
    },
    /// Xác minh mã băm các mô hình đã tải
    Verify,
    /// Đọc trước hồ sơ các thủ tục hay được hỏi, để câu hỏi sau có lời ngay
    Warm {
        /// Mã thủ tục (mặc định: những thủ tục được hỏi nhiều nhất ở nơi này, đếm trong tệp của thư mục
        /// dữ liệu; kho ở PostgreSQL thì phải nêu mã)
        procedures: Vec<ProcedureCode>,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum EvalCommand {
    /// Tìm đúng thủ tục: recall@1/5/10, MRR, kết cục
    Retrieval {
        /// Tệp câu hỏi .jsonl; kết quả ghi theo tên tệp, nên các tệp phải khác tên
        #[arg(long, required = true, num_args = 1.., value_name = "TỆP")]
        questions: Vec<PathBuf>,
        /// Gõ lại câu hỏi theo cách khác trước khi hỏi
        #[arg(long, value_enum, default_value_t = Typed::AsIs)]
        typed: Typed,
        /// Kể ra những câu chưa đúng
        #[arg(long)]
        wrong: bool,
        /// In JSON
        #[arg(long)]
        json: bool,
    },
    /// Học trọng số xếp hạng từ các bộ câu hỏi đã có đáp án
    Fit {
        /// Tệp câu hỏi .jsonl
        #[arg(long, required = true, num_args = 1.., value_name = "TỆP")]
        questions: Vec<PathBuf>,
        /// Tệp ghi trọng số ra; không có thì chỉ in kết quả
        #[arg(long, value_name = "TỆP")]
        out: Option<PathBuf>,
        /// Bỏ dấu hiệu này, để xem nó đáng bao nhiêu; dùng được nhiều lần
        #[arg(long, value_name = "DẤU_HIỆU")]
        without: Vec<String>,
        /// In JSON
        #[arg(long)]
        json: bool,
    },
    /// Kiểm tra hồ sơ mẫu: kết luận, trạng thái từng thành phần
    Dossiers {
        /// Thư mục có các */dossier.json
        folder: PathBuf,
        /// Giữ các trang đã đọc ở đây, lần sau chỉ chấm lại; xóa đi khi tệp hay cách đọc đã khác
        #[arg(long, value_name = "THƯ_MỤC")]
        pages: Option<PathBuf>,
        /// In JSON
        #[arg(long)]
        json: bool,
    },
    /// Biên dịch thành phần hồ sơ so với dòng gán nhãn tay
    Components {
        /// Tệp nhãn .jsonl
        #[arg(long, value_name = "TỆP")]
        gold: PathBuf,
        /// In JSON
        #[arg(long)]
        json: bool,
    },
}

/// How questions are typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Typed {
    /// Như trong tệp
    AsIs,
    /// Không dấu
    Unmarked,
    /// Từ có dấu, từ không, xen nhau
    Half,
    /// Phím Telex chưa thành dấu
    Telex,
}

impl From<Typed> for Typing {
    fn from(typed: Typed) -> Self {
        match typed {
            Typed::AsIs => Self::AsIs,
            Typed::Unmarked => Self::Unmarked,
            Typed::Half => Self::Half,
            Typed::Telex => Self::Telex,
        }
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum BenchCommand {
    /// Thời gian nạp, tốc độ đọc và viết của mô hình
    Generate {
        /// In JSON
        #[arg(long)]
        json: bool,
    },
}
