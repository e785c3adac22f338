//! The turns of phrase that decide what a row is. Patterns run on lower-case text with its marks.

use std::sync::LazyLock;

use regex::Regex;

macro_rules! patterns {
    ($($(#[$doc:meta])* $name:ident = $pattern:expr;)*) => {
        $(
            $(#[$doc])*
            pub(super) static $name: LazyLock<Regex> =
                LazyLock::new(|| Regex::new($pattern).expect("pattern is valid"));
        )*
    };
}

patterns! {
    /// The applicant is relieved of something.
    RELIEF = r"(thì )?không (phải|cần|yêu cầu)( \S+){0,4} (nộp|xuất trình|có|tải lên|gửi|chứng thực|cung cấp)|không yêu cầu|được miễn|thì không phải \S+|miễn (nộp|xuất trình)|được (sử dụng|thay)|có thể (thay thế|nộp|sử dụng)|thay cho việc (nộp|xuất trình)|sử dụng (dữ liệu|thông tin)[^.;]*thay thế|chỉ cần (cung cấp|nêu|kê khai)";
    /// How copies may be handed in, which relieves nobody of the paper.
    AS_COPIES = r"có thể nộp bản sao";
    /// What a look-up that failed leads to where nothing is asked of the applicant but to tell more.
    NO_RELIEF = r"đề nghị người yêu cầu kê khai|đề nghị (ủy|uỷ) ban nhân dân [^.]*(xác minh|cung cấp)";
    /// The applicant is obliged.
    DUTY = r"(thì |còn |và |, )?phải (nộp|có|xuất trình|gửi|kèm|bổ sung|được)|phải gửi kèm|nộp kèm|nộp thêm|kèm theo|xuất trình (thêm|bản|giấy|thẻ|hộ)|thì nộp|(thì|phải)[^,;.]{0,20} bổ sung|nộp bản|nộp một|yêu cầu .{0,60}(xuất trình|nộp)";
    /// How many of it are handed in, which is said of nothing but papers: "…: 01 bản chính".
    COUNTED = r": ?\d+ bản (chính|chụp|sao|gốc)";
    /// Nobody must, but may.
    MAY_BRING = r"có quyền lựa chọn (cung cấp|nộp)";
    /// Up to a clause that belongs to a name, not to a case: "tờ khai thuế đối với hoạt động …", "Thông tư
    /// quy định về quản lý thuế đối với hàng hóa …".
    NAME_GOES_ON = r"(đối với (hoạt động|báo cáo)|(thông tư|nghị định|luật|quyết định) [^;()]{0,120}(quy định|hướng dẫn) [^()]*đối với|[^\s(] dùng cho (cơ quan|thân nhân|công dân|cá nhân|người|tổ chức))[^;()]*$";
    /// Words that go on with "đối với": what follows is their object, not a case.
    GOVERNS = r"(nhận chuyển quyền [^;,.()]*|quyền (sử dụng|sở hữu)|(nghĩa vụ|trách nhiệm)( \S+){0,7}|(chế độ|trợ cấp|giám sát)( \S+){0,3}|điều kiện( kỹ thuật)?|kiểm soát nội bộ) $";
    /// Whose paper it is, in brackets at the end.
    WHOSE = r"\((?P<who>(người|cá nhân|hộ gia đình|tổ chức|doanh nghiệp|cộng đồng)[^()]*)\)[\s.;]*$";
    /// Whoever or whatever it is that must have the paper: "Tác phẩm của tác giả đã chết phải có văn bản …".
    MUST_HAVE = r"^[\W\d]*([a-z]\)\s*)?(?P<who>(tác phẩm|công trình|sản phẩm|hàng hóa|phương tiện|tàu|xe|dự án|người|cá nhân|hộ|tổ chức|doanh nghiệp|cơ sở|học sinh|thí sinh|trẻ em|đối tượng) [^:;.]*?),? phải có ";
    /// Words that only say which papers are meant, not that they are due: "giấy tờ phải gửi kèm trong hồ sơ …".
    ATTRIBUTE = r"(giấy tờ|tài liệu) phải (gửi kèm|nộp|xuất trình)|(giấy tờ|tài liệu|văn bản)( khác| pháp lý)* có giá trị (như|thay|pháp lý)|người yêu cầu( \S+)? nộp";
    /// A case that is nothing but a channel.
    CHANNEL = r"(nộp|gửi|đăng ký|thực hiện|tiếp nhận)[^;.,]{0,40}\b(trực tiếp|trực tuyến|bưu chính|bưu điện)|(hình thức|môi trường|phương thức) (trực tiếp|trực tuyến|điện tử)|qua (mạng|cổng dịch vụ công)|điện tử tương tác";
    /// A paper that stands in where another is lacking.
    FALLBACK = r"^\W*(trường hợp|nếu) không có (các )?(giấy tờ|văn bản|tài liệu|chứng cứ)[^,;.]{0,20} (nêu trên|trên|này|đó)\b";
    /// A case after the paper that only says what the paper must state.
    FILLED_IN = r"(trường hợp|nếu) [^;.]*trong (đơn|tờ khai|văn bản|giấy)[^;.]* (thể hiện|ghi|nêu)|[;.] ?(đối với|trường hợp|nếu) [^;.]*(phải ghi|ghi rõ|phải có chữ ký|phải có xác nhận|phải kê khai|ký thay)";
    /// What the office then asks for.
    THEN_ASKED = r"xuất trình|(yêu cầu|đề nghị) [^.;]*(nộp|bổ sung) (bản|một|các|giấy)";
    /// What a look-up is about.
    LOOKED_UP = r"(khai thác|tra cứu)( được| đầy đủ)*( thông tin| dữ liệu)?( về| của)? (?P<what>[^,;.:()]+)";
    /// Somebody else's duty or an explanation.
    EXPLAINS = r"(cơ quan|cán bộ|công chức|người tiếp nhận|ủy ban nhân dân|bộ phận|đơn vị|tổ chức)[^,;]{0,80} (có trách nhiệm|có quyền|thực hiện|kiểm tra|không được|từ chối|khai thác|tra cứu|đối chiếu)|chịu trách nhiệm|được xác định theo|được hiểu là|bảo đảm|theo hướng dẫn|thời hạn|có giá trị (như|thay|pháp lý)|được tính|áp dụng|hợp pháp hóa lãnh sự|lựa chọn nhận kết quả";
    /// The applicant need not hand it in at all.
    TAKES_BACK = r"không (phải|cần|yêu cầu) (nộp|có|xuất trình|văn bản|giấy)";
    /// The row names a paper right at its start.
    NAMES_PAPER = r"^(\W|\(?[\da-zđivx.]{1,4}[.)/]\s*|\d+ )*((nộp|trình)( cho)? [^:;.,]{0,60}: *|xuất trình )?(bản |các |(một|1) (trong|số)( các| những)?( loại)?|\d+ (bản|ảnh|bộ|tờ)|(\d+ )?\((một|hai|ba|\d+)\) )?\s*(giấy|đơn|tờ|bản|văn bản|hồ sơ|quyết định|biên bản|hợp đồng|ảnh|hộ chiếu|thẻ|chứng|phiếu|danh sách|báo cáo|sơ đồ|bằng|văn bằng|sổ|lý lịch|kế hoạch|phương án|dự án|dự thảo|thuyết minh|công văn|tài liệu|mẫu|trích lục|tóm tắt|nghị quyết|điều lệ|đề án|giấy tờ|thông báo|chương trình|bảng|hình ảnh|di chúc|vận đơn|hóa đơn|chứng từ|thông tin|sơ yếu|xác nhận|cam kết|mảnh|bệnh án|học bạ|thành phần|kết quả|danh mục|phụ lục \p{L}{3,}|quy trình|quy chế|đề xuất|giải trình|thỏa thuận|biên lai|đề cương|ủy nhiệm chi|công hàm|thư bảo|hoá đơn|vb đề nghị|dự toán|bình đồ|sơ họa|vận tải đơn|bảo lãnh)";
    /// Between the items of a list.
    BULLET = r";|(^|[\s:,.])[-–+•*]\s|\(\+\)|(^|[\s:;,.])([a-eđ]|[a-zđ]\.\d+)\) ";
    /// Of what follows one is enough.
    ONE_OF = r"(một|1) trong|một hoặc (một số|nhiều)|một số giấy tờ";
    /// The letter of an item right before what it asks for.
    ITEM_BEFORE = r"(^|[\s;.])([a-eđ]|[ivx]+)\) $";
    /// The letter of the item that comes next.
    NEXT_ITEM = r"[;.] ?([b-hđ]|[ivx]+)\) ";
    /// The number of an item.
    ITEM_NUMBER = r"(?i)^\W*([ivx]{1,4}|[a-zđ]\.?\d+)\)\s*";
    /// One of some papers that are listed in a law, not in the row.
    ONE_OF_THOSE = r"^(một|1) trong (các|những) (loại )?(giấy|tài liệu|văn bản)[^:]*( quy định)?( tại| theo) (điểm|khoản|điều)[^:]*$";
    /// An item that starts with a paper: with a number, as a copy, or by name.
    PAPER_NOUN = r"^((các )?(\d+ )?\(?\d*\)? ?(bản (sao|chính|gốc|chụp|in|photo|phô tô)[^,;]{0,60}?)?(tờ (khai|trình)|giấy|đơn|phiếu|báo cáo|biên bản|quyết định|hợp đồng|hóa đơn|hoá đơn|ảnh|hình ảnh|hộ chiếu|thẻ|văn bản|văn bằng|chứng chỉ|chứng minh|bằng |danh sách|bản (khai|vẽ|đồ|thông tin|thuyết minh|cam kết|mô tả|tóm tắt|tự|đăng ký|đề nghị|dự thảo|kê|dịch|lý lịch|xác nhận|kế hoạch|án)|sơ yếu|lý lịch|phương án|kế hoạch|sơ đồ|điều lệ|đề án|dự thảo|công văn|thông báo|nghị quyết|tài liệu|hồ sơ|chứng từ|bảng|mảnh|trích (lục|đo)|học bạ|bệnh án|thuyết minh|quy (trình|chế)|cam kết|chứng thư|catalogue|biên lai|mã số chứng chỉ|(các )?thỏa thuận)|\d+ (ảnh|bộ|tấm|tờ|bản))";
    /// A paper of its own in a list with commas: "giấy tờ, tài liệu" and the papers that prove who one is
    /// are ways to say one thing.
    OWN_PAPER = r"^(\d+ )?(tờ (khai|trình)|giấy (ra viện|xác nhận|đề nghị|đăng ký|giới thiệu|khám|phép|khai|chứng nhận|ủy quyền|báo|mời|cam|biên)|đơn (đề|xin|đăng|yêu|khiếu|tố|khởi|thuốc|tự|giải)|phiếu |báo cáo|biên bản|quyết định|hợp đồng|hóa đơn|hoá đơn|\d+ ảnh|ảnh |danh sách|nhật ký|bản đồ|sơ yếu|phương án|kế hoạch|sơ đồ|điều lệ|đề án|công văn|thuyết minh|bản (vẽ|khai|cam kết|kê|thuyết minh)|bản (sao|chính|chụp|gốc)( (được|có) chứng thực( từ)?)? (giấy|hộ chiếu|quyết định|văn bản|thị thực|hợp đồng|thẻ|bằng|chứng)|bảng (kê|khai|tổng hợp)|bằng (cấp|tốt nghiệp)|(các )?(hồ sơ|tài liệu) (chứng minh|liên quan|khác)|hồ sơ (khảo sát|thiết kế|hoàn công)|bằng chứng nhận|biên lai|học bạ|bệnh án|văn bằng|chứng chỉ)";
    /// A further paper beside the first: "kèm 02 ảnh".
    WITH_ANOTHER = r"kèm( theo)?:? (\d+ (tấm |cái )?)(ảnh|hình|bản)|kèm( theo)?:? (ảnh|bản sao (hợp lệ|có chứng thực|giấy|hộ chiếu|quyết định|hợp đồng)|hộ chiếu|hóa đơn|hợp đồng|chứng từ|giấy (tờ|ủy quyền|uỷ quyền)|phiếu|một trong)|\bvà (nộp lại|xuất trình|một trong|một loại)\b";
    /// What stands in brackets.
    BRACKETS = r"\([^()]*\)";
    /// Two papers joined by "và": the second one is named as a paper of its own.
    AND_ANOTHER = r" và (các )?(một trong|bản (sao|chính|gốc|chụp|dịch|vẽ|kê|khai|cam kết)|giấy (tờ (kèm|chứng minh|hợp pháp|về|của)|xác nhận|chứng nhận|ra viện|đề nghị)|phiếu lý lịch|hợp đồng (lao|thuê|mua|ủy|cho thuê|chuyển)|quyết định (phê duyệt|đầu tư|giao|bổ nhiệm|của|về)|bảng (khai|kê)|bằng tốt nghiệp|báo cáo (tài chính|kết quả|việc|giá trị|doanh thu|đánh giá)|phương án (huấn luyện|xử lý|sử dụng)|sổ |văn bản (xác nhận|đề nghị|thỏa|phê duyệt|tổng hợp|chấp thuận|cử)|(tài liệu|hồ sơ)( khác)?( có)? (liên quan|kèm|chứng minh)|văn kiện|biên bản|danh sách|chứng từ|ảnh |mã số|phong bì|đơn (đề nghị|đăng ký|xin)|sơ đồ|thuyết minh)";
    /// Numbers of copies left over between two rows that were run together: "….docx1 bản chính01 bản chính văn bản …".
    LEFT_OVER = r"\d bản (chính|sao)\W*\d+ bản (chính|sao) \p{L}";
    /// A further paper that some must add.
    AND_MORE = r"(có thêm|còn có:?|phải bổ sung|bổ sung thêm|phải có thêm) (bản|giấy|phiếu|văn|tài|đơn|quyết|hợp)";
    /// Which form of a paper will do, before its name.
    COPY_CHOICE = r"(?i)(hoặc )?bản (sao|chính|gốc|chụp|photo|điện tử)( điện tử| chụp| từ sổ gốc| có chứng thực| được chứng thực( từ bản chính)?| hợp lệ| (kèm theo|kèm|xuất trình|có xuất trình) bản (chính|gốc) để đối chiếu)*( \((trong )?trường hợp (nộp|gửi)[^()]*\))?(; nộp )?";
    /// Who acts through a service shows its contract and its clerk's letter.
    CONTRACT_AND_LETTER = r"phải có (bản sao )?hợp đồng[^.;]*,[^.;]*giấy giới thiệu";
    /// "nếu có".
    IF_ANY = r"nếu (có|cần thiết)\s*($|[^\s\p{L}]|(bởi|của|và|do|trong|từ|tại|theo|kèm|đối với|hoặc|với)\b)|có quyền lựa chọn|khuyến khích";
    /// "nếu có" right after the only paper: "Giấy xác nhận (nếu có) do …".
    WHOLE_IF_ANY = r"^\W*(bản sao |các )?(giấy|văn bản|quyết định|hợp đồng|biên bản|tài liệu|chứng chỉ|bằng|đơn)[^,;:()]*\(nếu có\) (do|của|từ|tại)\b";
    /// One paper is due, and "nếu có" is said of the next: "phải có A và B (nếu có)".
    DUE_WITH_IF_ANY = r"phải (có|nộp|nộp thêm|bổ sung) [^.]*( và |; )[^.;]*nếu có";
    /// From here on it is told what is written in the paper.
    CONTENTS = r",? (trong đó|gồm (có )?(các )?nội dung|nêu rõ|ghi rõ|(về|có|với) (các|những) (nội dung|thông tin)[^:;.,]{0,40}:|phải có thông tin về:)";
    /// A case that only says which copy is handed in: "trường hợp nộp bản chụp thì phải xuất trình bản chính".
    WHICH_COPY = r"^(trong )?(các )?(trường hợp|nếu) (nộp|gửi|sử dụng|là|người [^,;]{0,40} (nộp|gửi)) bản (chụp|sao|photo|chính)";
    /// An exemption from having a paper legalised or certified, not from the paper: "trừ trường hợp được miễn hợp
    /// pháp hóa lãnh sự".
    NOT_LEGALISED = r"(miễn|không phải) (hợp pháp|chứng nhận lãnh sự|công chứng|chứng thực)";
    /// What a row announces that ends in ":"; else it only lost what followed: "Sơ đồ kho, bãi:".
    LIST_FOLLOWS = r"(gồm|sau|sau đây|dưới đây|bổ sung|cụ thể|như|nội dung|trong đó|theo quy định)[^:;,.]{0,25}:?:\s*$|^\W*(\d+[.)]? ?|[a-z]\d?\) ?)?(bản sao )?(các|hồ sơ|thành phần|tài liệu|giấy tờ)\b";
    /// A list of which one is enough has begun.
    LIST_OF_CHOICES = r"((một|1) trong|một hoặc (một số|nhiều)|một số giấy tờ)[^:;]*: ?\S";
    /// "nếu có" of one of several: "Bản khai hàng hóa (nếu có) theo mẫu, Bản khai chung".
    IF_ANY_BETWEEN = r"nếu có\)?[^,;.]{0,25}, (bản|giấy|danh sách|tờ|văn bản|hóa đơn|chứng từ|biên bản|quyết định|hợp đồng|phiếu|sổ|hộ chiếu)";
    /// "nếu có" of a part of the paper, after which the paper goes on: "đóng dấu (nếu có) bởi đại diện".
    PART_IF_ANY = r"(dấu|chức danh|nội dung|tiêu chí|ghi chú|thông tin|điện thoại|email) ?\(?nếu có\)?|^\W*(đối với|trường hợp) [^:;()]*\(nếu có\) ?:|\(nếu có\) (bởi|của|và|do|trong|từ|tại)\b";
    /// Papers that are not named, and so are nobody's duty.
    OTHERS = r"^\W*(các )?(giấy tờ|tài liệu|hồ sơ|văn bản)(, (giấy tờ|tài liệu|chứng cứ|hồ sơ|văn bản))*,? (khác( có)? liên quan|liên quan khác|có liên quan khác|do các bên cung cấp)[\s.;]*$";
    /// A case, the name of the dossier, or whom the papers go to, before them: "Đối với trường hợp mất tích: Bản khai …".
    CASE_BEFORE = r"^\W*(nộp|trình)( cho)? [^:;.,]{0,60}: *|^\W*(đối với|trường hợp)[^:;.]* hồ sơ [^:;.]*gồm( có)?:? |^\W*(đối với|trường hợp|(thành phần )?hồ sơ)[^:;.,]*: *|^\W*(đối với|trường hợp)[^:;.]*: *";
    /// What is written in a paper is listed from here on.
    LISTED_CONTENTS = r"(các|những|có|gồm) (nội dung|thông tin)[^:;.]{0,40}:|(nêu|ghi|quy định) rõ( các)?( nội dung)?( sau)?:|trong đó: ?a\)|^\W*(\d+\. )?biên bản [^;]{0,60}thông qua ";
    /// A list in brackets names examples, unless it says what the dossier is made of.
    LIST_IN_BRACKETS = r"\([^();]*;[^()]*\)";
    /// Two words for one thing.
    ONE_IN_TWO_WORDS = r"(?P<one>văn bằng|hóa đơn|hoá đơn|giấy tờ|đo đạc)(, | và )(chứng chỉ|chứng từ|tài liệu|bản đồ)";
    /// The case of one item of a list.
    ITS_CASE = r"(đối với|trường hợp|nếu (là|người|hình thức|tổ chức|cá nhân|chủ)) ";
    /// A paper of its own in a sentence that starts with a case.
    FURTHER_PAPER = r"[.;] ?[-+*]?\s*(?P<case>(trong )?(trường hợp|đối với|nếu) [^;.]*?)(phải|thì|hồ sơ|còn)( phải)? (?P<duty>có|có thêm|kèm|kèm theo|bổ sung|bổ sung thêm|nộp|nộp thêm|xuất trình|xuất trình thêm) (bản sao (có chứng thực )?|bản chính )?(giấy|văn bản|tài liệu|biên bản|báo cáo|hợp đồng|quyết định|đơn|phiếu|cam kết)";
    /// A case has been stated.
    CASE_WORD = r"(trường hợp|nếu) ";
    /// The paper named first is lacking, or it comes as a copy.
    LACKING = r"không (có|còn|yêu cầu|thể)|không $|khai thác được|chưa|bị mất|thất lạc|hư hỏng|(nộp|là) bản|bản (sao|chụp)";
    /// The paper is lost, and another has to stand in.
    LOST = r"bị (mất|thất lạc|hư hỏng).* (phải|thì)";
    /// What is due after a case, with something else.
    DUE_WITH = r"phải (có|nộp|kèm|kèm theo) (bản|giấy|tờ khai|văn bản|đơn|hợp đồng)[^.;]* (kèm|và xuất trình)";
    /// Papers that an office grants by case, each in the place of the other.
    GRANTED = r"^(bản sao )?(?P<kind>quyết định|hợp đồng|giấy chứng nhận|giấy phép)";
    /// Each item of a choice: which copy, and then a paper.
    CHOICE_ITEM = r"^(bản (sao|chính|gốc|chụp|photo)( điện tử| có chứng thực| hợp lệ| được chứng thực| từ)* )?(của |có )?(các |một )?(giấy|văn bản|bản (án|ghi|cam kết|khai|trích|xác nhận|dịch)|quyết định|thẻ|hộ chiếu|hợp đồng|biên bản|đơn (đề|xin|đăng|yêu|khiếu|tố|khởi|tự|trình|của)|tờ khai|chứng (chỉ|minh|nhận|từ)|bằng|trích (lục|đo|sao)|căn cước|thị thực|biên lai|tài (khoản|liệu)|cam kết|hình ảnh|danh sách|phiếu|sổ|hóa đơn|hoá đơn|báo cáo|vận đơn|mã số|học bạ|công văn|thông báo|phụ lục hợp đồng)";
    /// How many copies, of which kind, in brackets: "(01 bản chính hoặc 01 bản sao có chứng thực)".
    COPIES_ASIDE = r"\(\d+ bản [^()]*\)";
    /// A paper that stands in for another.
    STANDS_IN = r"được thay( thế)? bằng (giấy|văn|bản)|thay (thế )?cho (giấy|văn|bản)|không quy định việc cấp";
    /// Whom a case is about, up to what is due in it.
    CASE_THEN = r"(trường hợp|nếu|đối với) [^.;]*? thì ";
    /// The end of a sentence, after which there is no bullet.
    SENTENCE = r"\. \p{L}";
    /// An item of a list with a line for each.
    LINE_ITEM = r"(^|[\s:;,.])[-+•] ";
    /// Nothing but which form of a paper will do stands before the "hoặc".
    ONLY_COPY = r"(^|\W)bản (chính|gốc|sao|chụp|giấy|điện tử)( có chứng thực| được chứng thực| hợp lệ| điện tử| từ sổ gốc)*$|^\W*bản sao[^;.]*để đối chiếu$";
    /// How many dossiers, whom they go to, or what the office does: nothing to hand in.
    NOT_DUE = r"^\W*(\d+[.)] ?|[a-eđ]\) ?|[ivx]+\) ?)?(các (tài liệu|giấy tờ|văn bản)( trong hồ sơ [^;]*)? quy định tại [^;]*là bản sao|(các )?tài liệu quy định tại [^;]*phải nộp trước|trường hợp[^;]*phải có đầy đủ chữ ký|trường hợp nộp[^;]*(trực tuyến|điện tử)[^;:]* phải được (chứng thực|ký số)|số lượng( hồ sơ)?\W|mẫu (tờ khai|đơn):|đối với [^:;,]* là \d+ (bản|bộ)|(cơ sở|cơ quan|đơn vị|ủy ban|bộ phận|cán bộ|công chức|người tiếp nhận|trung tâm)[^;:.]{0,60} (ghi (nội dung|nhận)|chỉ nhận|có trách nhiệm|tiếp nhận hồ sơ|thực hiện việc|đối chiếu|kiểm tra)|(chi cục|cục) [^;:.,]{0,60} (thông báo|lập|gửi|kiểm tra|xác nhận) |được hợp pháp hóa|phải được hợp pháp hóa|hồ sơ [^;:.]{0,120}gồm các giấy tờ theo quy định tại|thông báo thụ lý|quyết định giải quyết (khiếu nại|tố cáo)\W*$|báo cáo (kết quả )?(thẩm tra, )?xác minh nội dung (khiếu nại|tố cáo)|biên bản kiểm tra, xác minh|biên bản (tổ chức đối thoại|họp xác nhận|kết quả niêm yết|kiểm tra vết thương|giám định y khoa)|phiếu (thẩm định|xác minh)|giấy giới thiệu khám giám định|(thành phần )?hồ sơ (của|do) (ubnd|ủy ban nhân dân|cơ quan)[^:]* (lập|gửi)|nội dung khai báo|(người \S+ )?cung cấp thông tin|người [^:;]{0,120} được ghi trong|trường hợp[^;:]* tương tự|trường hợp[^;:]* thì (việc )?[^;:,]{0,80} thực hiện theo quy định|trường hợp[^;:]*các (giấy tờ|bản vẽ|tài liệu)[^;:]* (quy định tại|nêu trên)[^;:]* là (bản sao|tệp)|(đối với|trường hợp)[^;:]* thì [^;:]*trong hồ sơ áp dụng đối với |người [^;:.]{0,60} có trách nhiệm nộp đầy đủ [^;:.]*nêu trên|bản sao [^;]*đối với các (văn bản|giấy tờ|tài liệu)[^;]*nêu trên)";
    /// A heading of what one paper must hold.
    CONTENTS_HEADING = r"gồm (có )?(các )?nội dung|(tài liệu|giấy tờ) được miễn nộp";
    /// What a paper must hold is being told.
    IN_ITS_CONTENTS = r"(chi tiết|báo cáo|nội dung) về $|nêu rõ|nội dung (sau|chính|chủ yếu)|tất cả( các)? $|tất cả $|theo( từng| các)? $|rủi ro $";
    /// A form by its number, right before the case it is for: "theo Mẫu số 17 (đối với tổ chức), Mẫu số 18 …".
    WHICH_FORM = r"mẫu (số )?[\w./-]+ ?\(?(áp dụng )?$";
    /// A form of paper right before the case in which it will do: "bản gốc trong trường hợp nộp trực tiếp".
    FORM_OF_PAPER = r"(bản (sao|chính|gốc|chụp)|tệp( tin)?)[^;.,:()]{0,40} \(?(trong )?$";
    /// Which language a paper is in, which says that it is translated, not when it is due.
    LANGUAGE = r"^(nếu|trường hợp|đối với)( \S+){0,6} tiếng nước ngoài";
    /// Each channel of filing has its own wording: "đối với hồ sơ giấy …; đối với hồ sơ điện tử".
    ON_PAPER = r"(đối với|trường hợp|nếu)( nộp)? hồ sơ (bản )?giấy|(nộp|gửi)( hồ sơ)? trực tiếp";
    ON_LINE = r"(đối với|trường hợp|nếu)( nộp)? hồ sơ điện tử|(nộp|gửi)( hồ sơ)? (trực tuyến|qua (đường |dịch vụ |hệ thống )?bưu (chính|điện))";
    /// A channel in brackets.
    CHANNEL_ASIDE = r"\((trong )?trường hợp (nộp|gửi)[^()]*\)";
    /// A case of one channel.
    CHANNEL_CASE = r"hồ sơ (bản )?giấy|hồ sơ điện tử|(nộp|gửi)( hồ sơ)? (trực tiếp|trực tuyến|qua (đường |dịch vụ |hệ thống )?bưu (chính|điện))";
    /// How old the paper may be: "có giá trị sử dụng nếu được cấp chưa quá 06 tháng".
    VALID_IF = r"có giá trị( sử dụng)? nếu được [^,;.()]*";
    /// The form by which a request is made.
    APPLICATION = r"^\W*(bản chính )?(đơn (đề nghị|đăng ký|xin|yêu cầu)|tờ khai|văn bản (đề nghị|yêu cầu|đăng ký)|giấy (đề nghị|đăng ký)|công văn (đề nghị|yêu cầu)|mẫu|phụ lục)";
    /// What a request is about, or who makes it.
    OF_REQUEST = r"^(áp dụng )?đối với ";
    /// A clause that states a case.
    CASE_CLAUSE = r"(trong )?(các )?trường hợp[^;.:]*|nếu [^;.:)]*|đối với [^;.:]*|áp dụng (cho|đối với|với)[^;.:)]*|(dành|dùng) cho[^;.:)]*|khi (làm|thực hiện) thủ tục trực (tiếp|tuyến)[^;.:]*|\(trừ (người|trường hợp)[^)]*|khi [^;.:,]*(yêu cầu|đề nghị|ủy quyền)[^;.:,]*|^mẫu (hộ tịch )?điện tử tương tác[^()]*$";
    /// The case hangs on a look-up that failed.
    LOOKUP_FAILED = r"không (thể )?(khai thác|tra cứu|có trong|có tên trên|truy cập|kết nối)|chưa (khai thác|tra cứu|có trong|có thông tin trong|được (tích hợp|kết nối|cập nhật|chia sẻ))|không kiểm tra được";
    /// A database stands in.
    DATABASE = r"cơ sở dữ liệu|csdl|quản lý dữ liệu|trên hệ thống|cổng thông tin một cửa|khai thác được|dữ liệu điện tử|dữ liệu quốc gia|vneid|hệ thống thông tin|tài khoản định danh|đã được (số hóa|kết nối|tích hợp)";
    /// Only to be shown.
    SHOWS = r"xuất trình";
    /// The papers to be shown are named next.
    SHOWS_THESE = r"^\W*(các )?giấy tờ (phải |cần )?xuất trình[^:;.]{0,30}: *\S";
    /// A heading that only says what sort of list it heads.
    PLAIN_HEADING = r"^[\W\d]*(giấy tờ|hồ sơ|thành phần hồ sơ|lưu ý|thành phần|bao gồm|tài liệu|hồ sơ gồm|\*|a\)|b\))*\s*(phải (nộp|xuất trình)|cần (nộp|xuất trình)|bao gồm|gồm|gồm có|nộp|xuất trình|khác)?[\s:.;*-]*$";
    /// A heading of papers by how they are brought, not by who brings them: "Các giấy tờ phải nộp (bản chính)".
    PAPERS_HEADING = r"^\W*(các )?(giấy tờ|chứng từ) ";
    /// A heading of what goes to which office.
    OFFICE_HEADING = r"^\W*đối với sở ";
    /// A heading that states a case.
    CASE_HEADING = r"trường hợp|đối với|nếu |hình thức thuộc|áp dụng|thực hiện tại|qua (bưu chính|mạng)|trực tuyến|đăng ký (tạm trú|thường trú) |cấp (mới|lại|đổi)|gia hạn|thành lập|chuyển đổi";
    /// A heading that names what is asked for, an act of the authority; a case where others name other acts: "Công bố
    /// mở bến cảng", "Công bố đưa vào khai thác tạm".
    ACT_HEADING = r"^[\W\d]*([a-z]\d?[.)]\s*|[ivx]+[.)]\s*)?(cấp|sửa đổi|thay đổi|công bố|gia hạn|thành lập|đăng ký|điều chỉnh|bổ sung|chấm dứt|đổi|hoàn|chuyển|thu hồi|phục hồi|khôi phục|xóa|giải thể|sáp nhập|hợp nhất|chia|tách|xác nhận|công nhận|cho phép|mở|đóng|tạm (ngừng|dừng)) ";
    /// A heading of the dossier for one request, which states a case where there are others for other
    /// requests ...
    REQUEST_HEADING = r"hồ sơ .*(khi|đề nghị|thay đổi|cấp|đăng ký|phục hồi|gia hạn|điều chỉnh)";
    /// ... and not where it heads one step of several, or what one of two parties brings.
    STEP_HEADING = r"hồ sơ của (người|bên)|hồ sơ trình hội đồng|\(do [^()]* lập\)|thẩm định|nghiệm thu|phê duyệt|kiểm tra|gửi (ủy ban|ubnd|cơ quan|sở|bộ)";
    /// A heading of what one office draws up for another.
    INSIDE_HEADING = r"^\W*(\(?[\divx]+[.)] ?|[a-zđ]\) ?)?hồ sơ trình (phê duyệt|cơ quan|lãnh đạo|cấp có thẩm quyền)|hồ sơ (ubnd|u[ỷy] ban|ủy ban|sở|bộ|cục|chi cục|cơ quan (quản lý|thẩm định|chuyên môn|tiếp nhận|giải quyết))[^:;]* (trình|gửi) |hồ sơ ([^:;]* )?(chuyển|trình) (đến |về |cho )?(sở|bộ|bảo hiểm|cơ quan|truy tặng|xét tặng|chủ tịch|thủ tướng|ubnd|ủy ban)";
    /// A heading that says the form of all papers under it: "Các giấy tờ phải nộp (bản chính), mỗi loại 01 bản".
    ALL_SO = r"\((\d+ )?bản (chính|gốc|sao|chụp)[^()]*\)";
    /// A certified copy.
    CERTIFIED = r"(bản )?sao (\S+ ){0,3}(có )?(chứng thực|công chứng)|bản sao hợp lệ|sao (y|lục)|chứng thực (bản sao|từ bản chính)|bản chứng thực|bản sao điện tử (được|có) chứng thực";
    /// A copy without certification.
    PLAIN_COPY = r"bản (trích )?(sao|chụp|photo|phô tô|phô-tô|photocopy|scan)|bản pho|sao chụp|ph[oô] ?tô";
    /// A form of paper said before any paper is named.
    COPY_FIRST = r"^(\W|\(?[\da-zđivx]{1,4}[.)]\s*|\d+ )*bản (chính|gốc|sao|chụp|ph)";
    /// One form said of all papers after them: "A, B: 01 bản chụp".
    COPY_LAST = r"[:(] ?(nộp )?(\d+ )?bản (chính|gốc|sao|chụp)[^:;.()]*\)?\W*$";
    /// Before the form of a further paper.
    AND_COPY = r" và (\d+ )?bản (?P<which>chính|gốc|sao|chụp)";
    /// A choice of forms with a slash, or the original together with a copy.
    ORIGINAL_AND_COPY = r"bản (chính|gốc) ?/ ?(bản )?(sao|chụp)|(sao|chụp|sao y) ?/ ?bản (chính|gốc)|bản (chính|gốc) và [^;.,]{0,15}bản (sao|chụp)";
    /// A paper that comes as a copy is shown with its original: "trường hợp các giấy tờ là bản sao …".
    COPY_WITH_ORIGINAL = r"(trường hợp|nếu) [^;.]*bản (sao|chụp)[^.;]*bản (chính|gốc) để đối chiếu|xuất trình bản (chính|gốc)[^.;]* hoặc nộp bản (sao|chụp)";
    /// A heading of what is sent through a system.
    SENT_ONLINE = r"(hồ sơ )(được )?(gửi|nộp) (trên|qua) môi trường điện tử";
    /// Any copy will do: "bản sao hoặc bản sao có chứng thực".
    ANY_COPY = r"bản sao hoặc bản sao";
    /// What a copy was made of.
    OF_ORIGINAL = r"(từ|sao y|y|với) (bản (chính|gốc)|sổ gốc)";
    /// The original.
    ORIGINAL = r"bản (chính|gốc)";
    /// An electronic form or file.
    ELECTRONIC = r"dạng dữ liệu điện tử|hình thành trên hệ thống|^\W*tệp (tin )?|mẫu (hộ tịch )?điện tử|biểu mẫu điện tử|tờ khai điện tử|bản điện tử|tệp (tin )?điện tử|file |điện tử tương tác";
    /// Compared with the original at the counter.
    COMPARED = r"(kèm|xuất trình|mang|cùng)[^;.]{0,40}bản (chính|gốc)[^;.]{0,40}(đối chiếu|so sánh)|bản chính để đối chiếu|để đối chiếu";
    /// How long a paper is valid.
    VALIDITY = r"còn (giá trị|hiệu lực|thời hạn|hạn)( sử dụng)?|(không quá|trong vòng|trong thời hạn|tối đa|ít nhất|dưới) \d+ \(?[\p{L} ]{0,8}\)?\s?(tháng|ngày|năm)|có (giá trị|hiệu lực) (trong|không quá|\d+)[^,;.)]{0,30}";
    /// A form by its number.
    FORM = r"(?i)mẫu (số )?:?\s?[\p{L}]{0,3}\d+[\p{L}]?([./-]?[\d\p{Lu}]+)*|\b\p{Lu}{1,4}\d{1,3}[a-z]?\b|mẫu [\p{Lu}]{1,3}\d*-[\p{Lu}\d]+";
    /// By a form that is not numbered.
    BY_FORM = r"theo mẫu|mẫu quy định|theo biểu mẫu";
}
